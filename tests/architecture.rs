//! The module table of ARCHITECTURE.md holds in the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn sources(dir: &Path, out: &mut Vec<(String, String)>, module: Option<&str>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_string();
        let name = module.map_or(stem.as_str(), |m| m).to_string();
        if path.is_dir() {
            sources(&path, out, Some(&name));
        } else if path.extension().is_some_and(|e| e == "rs") && stem != "tests" && name != "lib" {
            out.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_module_uses_only_what_its_row_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let architecture = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in architecture.lines().filter(|l| l.starts_with("| ") && l.matches('|').count() == 4) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        allowed.insert(cells[1].into(), cells[2].split(", ").map(str::to_string).collect());
    }
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files, None);
    assert!(files.len() > 15);
    let reference = regex::Regex::new(r"\bcrate::(?:\{([a-z_, :]+)|([a-z_]+))").unwrap();
    for (module, source) in files {
        let may = allowed.get(&module).unwrap_or_else(|| panic!("{module} has no row in ARCHITECTURE.md"));
        // Doc links and tests do not make a dependency.
        let code: String = source
            .split("#[cfg(test)]")
            .next()
            .unwrap()
            .lines()
            .filter(|l| !l.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for used in reference.captures_iter(&code).filter_map(|c| c.get(1).or(c.get(2)).map(|m| m.as_str().to_string()))
        {
            assert!(used == module || may.contains(&used), "{module} uses {used}, which its row does not name");
        }
    }
}
