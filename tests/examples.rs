//! The example program as its users call it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// Cargo builds the examples beside the test programs.
fn program(name: &str) -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.join("examples").join(name)
}

fn analyze(args: &[&str], input: &[u8]) -> Output {
    run("analyze", args, input)
}

fn run(name: &str, args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(program(name))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn article() -> String {
    format!("{}/examples/data/hoi-nghi.txt", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn reports_the_shipped_article() {
    let out = analyze(&[&article()], b"");
    assert!(out.status.success());
    let report = String::from_utf8(out.stdout).unwrap();
    for line in [
        "PERSONS (19, in 26 mentions)",
        "Chủ tịch Ủy ban nhân dân tỉnh Phú Yên",
        "Huỳnh Thị Bích Châm → Huỳnh Thị Bích Trâm  (repaired",
        "cải cách hành chính  ×7, defined in the text",
        "(document number, stays)",
    ] {
        assert!(report.contains(line), "{line} is missing in\n{report}");
    }
}

#[test]
fn the_article_s_annotation_is_found_in_full() {
    let gold: serde_json::Value = serde_json::from_str(include_str!("../examples/data/hoi-nghi.json")).unwrap();
    let text = std::fs::read_to_string(article()).unwrap();
    let doc = vanban::analyze(&text);
    let place = |s: &str, occ: usize| text.match_indices(s).nth(occ - 1).unwrap().0;
    let part = |v: &serde_json::Value, key: &str| {
        let s = v[key].as_str().unwrap().to_string();
        let at = place(&s, v["occ"].as_u64().unwrap() as usize);
        at..at + s.len()
    };
    let persons = gold["persons"].as_array().unwrap();
    assert_eq!(persons.len(), doc.mentions().len());
    for (p, m) in persons.iter().zip(doc.mentions()) {
        assert_eq!(part(p, "name"), m.span.range());
        let mut wanted: Vec<_> = p["titles"].as_array().unwrap().iter().map(|t| part(t, "t")).collect();
        wanted.sort_by_key(|r| r.start);
        let found: Vec<_> = m.titles.iter().map(|t| t.span.range()).collect();
        assert_eq!(wanted, found, "{}", p["name"]);
    }
}

#[test]
fn prints_one_object_a_line_in_order() {
    let out =
        analyze(&["--jsonl"], "{\"id\":7,\"text\":\"bà Lê Thị Hoa\"}\n\n{\"id\":\"b\",\"text\":\"\"}\n".as_bytes());
    assert!(out.status.success());
    let lines: Vec<serde_json::Value> =
        String::from_utf8(out.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["id"], &lines[1]["id"]), (&7.into(), &"b".into()));
    assert_eq!(lines[0]["mentions"][0]["text"], "Lê Thị Hoa");
    assert_eq!(lines[0]["mentions"][0]["start"], 4);
    for key in ["mentions", "persons", "abbreviations", "repairs"] {
        assert!(lines[1][key].is_array());
    }
}

#[test]
fn keeps_what_was_printed_before_a_bad_line() {
    let out = analyze(&["--jsonl", "-"], b"{\"id\":1,\"text\":\"x\"}\n{\"id\":2}\n{\"id\":3,\"text\":\"y\"}\n");
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(out.stdout.iter().filter(|&&b| b == b'\n').count(), 1);
    assert_eq!(String::from_utf8(out.stderr).unwrap(), "analyze: -:2: no string under \"text\"\n");
}

#[test]
fn names_the_byte_of_invalid_utf8_and_the_missing_file() {
    let out = analyze(&[], b"ab\xFFcd");
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(String::from_utf8(out.stderr).unwrap(), "analyze: -: invalid UTF-8 at byte 2\n");
    let out = analyze(&["no/such/file"], b"");
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8(out.stderr).unwrap().starts_with("analyze: no/such/file: "));
    assert_eq!(analyze(&["--json", "--jsonl"], b"").status.code(), Some(2));
}

#[test]
fn the_readme_shows_the_real_output() {
    let readme = include_str!("../README.md");
    let mut blocks = readme.split("```text\n").skip(1).map(|b| b.split("```").next().unwrap());
    let (input, output) = (blocks.next().unwrap(), blocks.next().unwrap());
    let out = analyze(&[], input.as_bytes());
    assert_eq!(String::from_utf8(out.stdout).unwrap(), output);
}

#[test]
fn normalize_converts_line_by_line() {
    let line = |args: &[&str], input: &[u8]| String::from_utf8(run("normalize", args, input).stdout).unwrap();
    let text = "tóan, hoà, H\u{6f}\u{300}a, señor\n\nqủa".as_bytes();
    assert_eq!(line(&[], text), "toán, hoà, Hòa, señor\n\nquả");
    assert_eq!(line(&["--tone", "first"], text), "toán, hòa, Hòa, señor\n\nquả");
    assert_eq!(line(&["--tone", "second"], text), "toán, hoà, Hoà, señor\n\nquả");
    assert_eq!(line(&["--form", "nfd"], "hòa".as_bytes()), "ho\u{300}a");
    assert_eq!(line(&["--fold", "mark"], "Đặng Thị".as_bytes()), "Đang Thi");
    assert_eq!(line(&["--fold", "ascii"], "Đặng Thị".as_bytes()), "Dang Thi");
    assert_eq!(line(&["--plain"], "6\u{a0}tháng – “thi đua”".as_bytes()), "6 tháng - \"thi đua\"");
    // Cộng hòa Xã hội in TCVN3, named and guessed.
    let tcvn3 = b"C\xE9ng h\xDFa X\xB7 h\xE9i Ch\xF1 ngh\xDCa Vi\xD6t Nam\n";
    for from in ["tcvn3", "auto"] {
        assert_eq!(line(&["--from", from], tcvn3), "Cộng hòa Xã hội Chủ nghĩa Việt Nam\n");
    }
    assert_eq!(line(&["--from", "auto"], "Tiáº¿ng Viá»‡t và tóan".as_bytes()), "Tiếng Việt và toán");
    let out = run("normalize", &[], b"ok\nab\xFF");
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(out.stdout, b"ok\n");
    assert_eq!(String::from_utf8(out.stderr).unwrap(), "normalize: -: invalid UTF-8 at byte 5\n");
    assert_eq!(run("normalize", &["--tone", "third"], b"").status.code(), Some(2));
}

#[test]
fn expand_writes_abbreviations_out_or_lists_them() {
    let text = "UBND TP.HCM ra 12/QĐ-UBND; CT họp. UBND bàn.";
    let out = |args: &[&str]| String::from_utf8(run("expand", args, text.as_bytes()).stdout).unwrap();
    let full = "Ủy ban nhân dân Thành phố Hồ Chí Minh ra 12/QĐ-UBND; CT họp. Ủy ban nhân dân bàn.";
    assert_eq!(out(&[]), full);
    assert_eq!(out(&["-"]), full);
    assert_eq!(out(&["--tone", "second"]), full.replace("Ủy", "Uỷ"));
    assert_eq!(
        out(&["--first-use-only", "--keep-short-form"]),
        "Ủy ban nhân dân (UBND) Thành phố Hồ Chí Minh ra 12/QĐ-UBND; CT họp. UBND bàn."
    );
    assert_eq!(
        out(&["--entry", "CT=Chủ tịch", "--forbid", "UBND"]),
        "UBND Thành phố Hồ Chí Minh ra 12/QĐ-UBND; Chủ tịch họp. UBND bàn."
    );
    let list: Vec<serde_json::Value> = out(&["--list"]).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(list.len(), 6);
    assert_eq!(list[0]["expansion"], "Ủy ban nhân dân");
    assert_eq!(list[3]["number"]["bodies"][0]["full"], "Ủy ban nhân dân");
    assert_eq!(list[3]["number"]["spelled_out"], "Quyết định số 12 của Ủy ban nhân dân");
    assert_eq!((&list[4]["expansion"], &list[4]["alternatives"][0]), (&serde_json::Value::Null, &"Chủ tịch".into()));
    for a in &list {
        let (start, end) = (a["start"].as_u64().unwrap() as usize, a["end"].as_u64().unwrap() as usize);
        assert_eq!(text[start..end], *a["text"].as_str().unwrap());
    }
}

#[test]
fn expand_says_what_is_wrong_and_where() {
    let error = |args: &[&str], input: &[u8]| {
        let out = run("expand", args, input);
        assert_eq!(out.status.code(), Some(2));
        assert!(out.stdout.is_empty());
        String::from_utf8(out.stderr).unwrap()
    };
    assert_eq!(error(&[], b"ab\xFFcd"), "expand: -: invalid UTF-8 at byte 2\n");
    assert!(error(&["no/such/file"], b"").starts_with("expand: no/such/file: "));
    assert_eq!(error(&["--entry", "CT"], b""), "expand: --entry CT: there is no = between short and full form\n");
    assert_eq!(
        error(&["--entry", "CT=a", "--forbid", "CT"], b""),
        "expand: entry 2, \"CT\": the short form is entered and forbidden\n"
    );
    assert_eq!(error(&["--threshold", "7"], b""), "expand: --threshold 7: it must be from 0 to 1\n");
    assert!(!error(&["--headings", "small"], b"").is_empty());
    let file = std::env::temp_dir().join(format!("vanban-entries-{}.tsv", std::process::id()));
    std::fs::write(&file, "CT\tChủ tịch\ncủa\tx\n").unwrap();
    let name = file.to_str().unwrap();
    assert!(error(&["--entries", name], b"").starts_with(&format!("expand: {name}: line 2, \"của\": ")));
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn expand_ends_quietly_when_nobody_reads() {
    let mut child = Command::new(program("expand"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all("UBND tỉnh. ".repeat(50_000).as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    assert_eq!(String::from_utf8(out.stderr).unwrap(), "");
}

fn written(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = std::env::temp_dir().join(format!("vanban-{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    path.into_os_string().into_string().unwrap()
}

#[test]
fn segment_cuts_line_by_line() {
    let out = |args: &[&str], input: &str| String::from_utf8(run("segment", args, input.as_bytes()).stdout).unwrap();
    let text = "Các  học sinh\u{a0}học.\r\n\n  TP. Hà Nội: 61%, (TĐKT)";
    assert_eq!(out(&[], text), "Các học_sinh học .\r\n\nTP. Hà_Nội : 61% , ( TĐKT )");
    assert_eq!(out(&["-"], "học\nsinh\n"), "học\nsinh\n");
    assert_eq!(out(&[], ""), "");
    // Decomposed letters stay decomposed, a low line stays.
    assert_eq!(out(&[], "Ha\u{300} No\u{323}\u{302}i a_b"), "Ha\u{300}_No\u{323}\u{302}i a_b");
    // Many lines, one after another; from a file, since the pipes of this test hold less.
    let many = written("many.txt", "Các học sinh.\n".repeat(20_000));
    assert_eq!(out(&[&many], ""), "Các học_sinh .\n".repeat(20_000));
    let words = written("words.txt", "# ours\nvà của\n!học sinh\n");
    assert_eq!(out(&["--words", &words], "Và của học sinh"), "Và_của học sinh");
    let model = format!("{}/data/words.bin", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(out(&["--model", &model, "--words", &words], "Và của nhà máy"), "Và_của nhà_máy");
}

#[test]
fn segment_prints_one_sentence_a_line() {
    let out = |args: &[&str], input: &str| String::from_utf8(run("segment", args, input.as_bytes()).stdout).unwrap();
    let text = "Ông ở TP. Hà Nội. Bà đến.Mọi người vui!\n\nHọc sinh học bài. Ông về";
    let expected = "Ông ở TP. Hà_Nội .\nBà đến .\nMọi người vui !\n\nHọc_sinh học bài .\nÔng về";
    assert_eq!(out(&["--sentences"], text).replace("Mọi_người", "Mọi người"), expected);
    // Offsets are those of the line of the input.
    let lines = out(&["--sentences", "--json"], "Bà đến. Ông về.\n");
    let lines: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[1][0]["text"], &lines[1][0]["start"]), (&"Ông".into(), &12.into()));
}

#[test]
fn segment_prints_exact_json() {
    let text = "Ông “Lê_Văn Tám”, \\ 123/QĐ-UBND\n\nhọc  sinh\n";
    let out = String::from_utf8(run("segment", &["--json"], text.as_bytes()).stdout).unwrap();
    assert_eq!(out.lines().count(), 3);
    for (line, printed) in text.lines().zip(out.lines()) {
        let words: serde_json::Value = serde_json::from_str(printed).unwrap();
        let words = words.as_array().unwrap();
        assert_eq!(words.len(), vanban::words(line).count());
        for (word, expected) in words.iter().zip(vanban::words(line)) {
            assert_eq!(word["text"], expected.text);
            let offset = |key: &str| word[key].as_u64().unwrap() as usize;
            assert_eq!(line[offset("start")..offset("end")], *expected.text);
        }
    }
    assert!(out.ends_with("[{\"text\":\"học  sinh\",\"start\":0,\"end\":11,\"kind\":\"compound\"}]\n"), "{out}");
    assert!(out.contains("\"kind\":\"document_code\""));
}

#[test]
fn segment_names_what_is_wrong() {
    let stderr = |args: &[&str], input: &[u8]| {
        let out = run("segment", args, input);
        assert_eq!(out.status.code(), Some(2));
        String::from_utf8(out.stderr).unwrap()
    };
    assert_eq!(stderr(&[], b"ok\nab\xFF\n"), "segment: -: invalid UTF-8 at byte 5\n");
    assert!(stderr(&["no/such/file"], b"").starts_with("segment: no/such/file: "));
    let model = written("model.bin", "no model at all");
    assert!(stderr(&["--model", &model], b"").starts_with(&format!("segment: {model}: no word model")));
    let words = written("long.txt", format!("và của\n{}\n", "và ".repeat(17)));
    let error = stderr(&["--words", &words], b"");
    assert!(error.starts_with(&format!("segment: {words}:2: ")) && error.lines().count() == 1, "{error}");
    stderr(&["--no-such-option"], b"");
}

#[test]
fn segment_ends_quietly_when_nobody_reads() {
    let mut child = Command::new(program("segment"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    // The program may be gone before it has read everything.
    let _ = child.stdin.take().unwrap().write_all("Các học sinh.\n".repeat(100_000).as_bytes());
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    assert!(out.stderr.is_empty());
}

#[test]
fn evaluate_prints_a_table() {
    let gold = "Học_sinh học bài .\nÔng đến \" Hà_Nội \" , ( rất vui ) .\n\nMột nhà máy sản_xuất .\n";
    let out = run("evaluate", &["-"], gold.as_bytes());
    assert!(out.status.success());
    let table = String::from_utf8(out.stdout).unwrap();
    let row = |name: &str| {
        let line = table.lines().find(|l| l.starts_with(name)).unwrap_or_else(|| panic!("no {name} in\n{table}"));
        line[name.len()..].split_whitespace().map(|n| n.parse().unwrap()).collect::<Vec<f64>>()
    };
    // 4 + 11 + 5 words in GOLD; nhà máy is two there and one here, so 18 of 19 are right: 18/19, 18/20, 36/39.
    for name in ["words, tokens", "words, text", "words, NFD"] {
        assert_eq!(row(name)[3..], [18.0, 19.0, 20.0], "{name} in\n{table}");
        assert_eq!(row(name)[..3], [94.74, 90.0, 92.31], "{name} in\n{table}");
    }
    // Two ends of sentences within the text; the last one does not count.
    assert_eq!(row("sentences")[..6], [100.0, 100.0, 100.0, 2.0, 2.0, 2.0]);
    for name in ["words, lower case", "words, capitals", "scan", "words  "] {
        assert!(row(name).iter().all(|&n| n > 0.0), "{table}");
    }
    assert_eq!(run("evaluate", &["-"], b"\n").status.code(), Some(2));
    assert_eq!(run("evaluate", &["-"], b"a\xFF").status.code(), Some(2));
    assert_eq!(run("evaluate", &[], b"").status.code(), Some(2));
}
