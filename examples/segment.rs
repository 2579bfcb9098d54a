fn main() {
    let mut s = String::new();
    std::io::Read::read_to_string(&mut std::io::stdin(), &mut s).unwrap();
    let seg = vanban::segment::Segmenter::default();
    if std::env::args().nth(1).as_deref() == Some("--ref") {
        let f: Vec<String> = vanban::segment::FILES
            .iter()
            .map(|n| std::fs::read_to_string(format!("data/words/{n}")).unwrap())
            .collect();
        let f: Vec<&str> = f.iter().map(|x| x.as_str()).collect();
        let r = vanban::segment::reference::Reference::new(&f).unwrap();
        for l in s.lines() {
            println!(
                "{}",
                r.words(l)
                    .iter()
                    .map(|w| w.of(l).split_whitespace().collect::<Vec<_>>().join("_"))
                    .collect::<Vec<_>>()
                    .join(" ")
            );
        }
        return;
    }
    for l in s.lines() {
        println!(
            "{}",
            seg.words(l).map(|w| w.text.split_whitespace().collect::<Vec<_>>().join("_")).collect::<Vec<_>>().join(" ")
        );
    }
}
