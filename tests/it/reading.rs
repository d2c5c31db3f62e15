//! Reading must survive everything: any text gives a tree or a finding, every place lies inside its file, and a book
//! damaged anywhere still gives its findings and whatever standards are left.

use std::collections::BTreeMap;
use std::path::Path;

use gamma_ok::book::load;
use gamma_ok::method::standards;
use gamma_ok::source::yaml::{Node, Value, parse};
use gamma_ok::source::{FileId, Memory, Source, Span};
use proptest::prelude::*;

/// The files of a book in the repository.
pub fn files(folder: &str) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the repository").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("out") {
                    walk(root, &path, found);
                }
            } else {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = BTreeMap::new();
    walk(&root, &root, &mut found);
    found
}

fn places(node: &Node<'_>, check: &mut impl FnMut(Span)) {
    check(node.span);
    for item in node.items() {
        places(item, check);
    }
    for entry in node.entries() {
        check(entry.key_span);
        places(&entry.value, check);
    }
}

/// A piece of YAML, or of something that looks like it.
fn fragment() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "id: a\n",
        "- ",
        "  ",
        "\t",
        "{",
        "}",
        "[",
        "]",
        ": ",
        ", ",
        "\"",
        "'",
        "|\n",
        ">-\n",
        "&a ",
        "*a",
        "#",
        "---\n",
        "\r\n",
        "\n",
        "é",
        "😀",
        "\u{feff}",
        "\u{85}",
        "? ",
        "!!str ",
        "phases:\n",
        "text: {en: x, pl: ż}\n",
        "null",
        "~",
        "%",
        "@",
        "`",
        "\u{0}",
        "\u{2028}",
        "\\",
        "0x",
        "<<: ",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_tree_or_a_fault_with_a_place(parts in prop::collection::vec(fragment(), 0..40)) {
        let text = parts.concat();
        let source = Source::new("x.yaml", text.as_str());
        let mut check = |span: Span| {
            assert!(text.get(span.range()).is_some(), "{span:?} does not lie on letters of {text:?}");
            let place = source.position(span.start as usize);
            assert!(place.line >= 1 && place.column >= 1);
        };
        match parse(FileId(0), &text) {
            Ok(tree) => places(&tree, &mut check),
            Err(fault) => {
                use gamma_ok::source::yaml::YamlFault;
                match fault {
                    YamlFault::Syntax { span, .. }
                    | YamlFault::TooDeep(span)
                    | YamlFault::AliasBomb(span)
                    | YamlFault::Excess(span, _) => check(span),
                }
            }
        }
    }

    #[test]
    fn a_plain_scalar_stands_where_its_span_says(words in prop::collection::vec("[a-zżółćå]{1,8}", 1..6)) {
        let value = words.join(" ");
        let text = format!("# first\nkey: {value}   # after\nlist:\n  - {value}\n  - \"{value}\"\n");
        let tree = parse(FileId(0), &text).expect("sound YAML");
        let plain = tree.get("key").expect("the key");
        prop_assert_eq!(&text[plain.span.range()], value.as_str());
        let items = tree.get("list").expect("the list").items();
        prop_assert_eq!(&text[items[0].span.range()], value.as_str());
        prop_assert_eq!(&text[items[1].span.range()], format!("\"{value}\""));
        prop_assert!(matches!(items[1].value, Value::Scalar(_)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_book_damaged_anywhere_still_gives_findings(
        at in 0.0..1.0f64, length in 0usize..30, insert in fragment(), which in any::<prop::sample::Index>(),
    ) {
        let mut files = files("tests/books/fahrradwerkstatt");
        let names: Vec<String> = files.keys().cloned().collect();
        let file = files.get_mut(which.get(&names)).expect("a file");
        let start = (at * file.len() as f64) as usize;
        let end = (start + length).min(file.len());
        file.splice(start..end, insert.bytes());
        let loaded = load(&Memory::new(files)).expect("the manifest is there");
        for finding in &loaded.findings {
            let source = loaded.sources.get(finding.span.file);
            prop_assert!(source.text.get(finding.span.range()).is_some(), "{:?}", finding);
            prop_assert!(!finding.message.is_empty());
        }
        let standards = standards(&loaded.book);
        for standard in &standards.all {
            prop_assert_eq!(standard.stamp.len(), 8);
        }
    }
}

#[test]
fn a_book_of_another_trade_and_language_loads_clean() {
    let loaded = load(&Memory::new(files("tests/books/fahrradwerkstatt"))).expect("a book");
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let standards = standards(&loaded.book);
    let texts: Vec<&str> = standards.all.iter().map(|one| one.text.0[0].text.as_str()).collect();
    assert!(texts.contains(&"Der Mechaniker nennt dem Kunden den Preis vor Beginn der Arbeit."), "{texts:#?}");
}

#[test]
fn windows_files_read_like_any_other() {
    let unix = files("examples/hotel-wisla");
    let windows: BTreeMap<String, Vec<u8>> = unix
        .iter()
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes.clone()).expect("text");
            (path.clone(), format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes())
        })
        .collect();
    let of = |files: BTreeMap<String, Vec<u8>>| {
        let loaded = load(&Memory::new(files)).expect("a book");
        assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
        let standards = standards(&loaded.book);
        let places = |span: Span| loaded.sources.positions(span).0;
        standards.all.iter().map(|one| (one.id.name.clone(), one.stamp.clone(), places(one.span))).collect::<Vec<_>>()
    };
    assert_eq!(of(unix), of(windows));
}

#[test]
fn hostile_files_end_in_a_finding() {
    let deep = format!("title: {}", "[".repeat(20_000));
    let deep_block: String = (0..1_500).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        let refs = vec![format!("*a{}", n - 1); 9].join(", ");
        bomb.push_str(&format!("a{n}: &a{n} [{refs}]\n"));
    }
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("deep", deep.into_bytes(), "nesting-too-deep"),
        ("deep block", deep_block.into_bytes(), "nesting-too-deep"),
        ("bomb", bomb.into_bytes(), "alias-bomb"),
        ("binary", (0..=255u8).cycle().take(9_000).collect(), "yaml-syntax"),
        ("large", vec![b'#'; 5 * 1024 * 1024], "file-too-large"),
        ("itself", b"title: &a [*a]\n".to_vec(), "yaml-syntax"),
    ];
    for (name, bytes, code) in cases {
        let files = [("gamma-ok.yaml".to_owned(), b"title: x\n".to_vec()), ("sequences/a.yaml".to_owned(), bytes)];
        let loaded = load(&Memory::new(files)).expect("a book");
        let codes: Vec<&str> = loaded.findings.iter().map(|finding| finding.code.word()).collect();
        assert!(codes.contains(&code), "{name}: {codes:?}");
    }
}

/// The findings of a one-phase book whose phase holds `yaml`, as `line: code: message | help`.
fn findings(yaml: &str) -> Vec<String> {
    let sequence = format!("id: s\nphases:\n  - id: p\n{yaml}");
    let files = [("gamma-ok.yaml", "title: x\n".to_owned()), ("sequences/s.yaml", sequence)];
    let loaded = load(&Memory::new(files)).expect("a book");
    let line = |finding: &gamma_ok::diag::Diagnostic| {
        let line = loaded.sources.positions(finding.span).0.line;
        format!("{line}: {}: {} | {}", finding.code, finding.message, finding.help.as_deref().unwrap_or("-"))
    };
    loaded.findings.iter().map(line).collect()
}

#[test]
fn a_text_that_a_comma_cut_is_to_be_quoted() {
    let found = findings("    steps:\n      - {id: a, staff: Smiles, then speaks, contact: phone}\n");
    assert_eq!(
        found,
        [
            "5: unknown-key: `then speaks` is not a key of a step | quote this text: it contains a comma; as in staff: \"…, …\""
        ]
    );
    let found = findings("    title: {en: Hello, dear guest}\n");
    assert_eq!(found, ["4: unknown-key: `dear guest` is not a language | quote this text: it contains a comma"]);
    let found = findings("    title:\n      Hello: dear guest\n");
    assert!(found[0].starts_with("5: wrong-type: expected a text"), "{found:?}");
    let found = findings("    title: Hello: dear guest\n");
    assert_eq!(
        found,
        ["4: yaml-syntax: a colon followed by a space stands inside a text | put the whole text in quotation marks"]
    );
}

#[test]
fn words_for_truth_are_told_apart_from_truth() {
    let found = findings("    steps:\n      - {id: a, moment-of-truth: tak}\n");
    assert_eq!(found, ["5: wrong-type: expected `true` or `false`, found `tak` | write `true`"]);
}

#[test]
fn a_tab_is_named() {
    let found = findings("    steps:\n\t- id: a\n");
    assert!(found[0].contains("tab") && found[0].contains("spaces"), "{found:?}");
}
