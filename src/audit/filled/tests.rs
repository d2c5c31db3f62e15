//! Checklists of every kind of file, as people fill them in.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::book::{Loaded, load};
use crate::method::{Standards, standards};
use crate::source::Memory;

const JSON: &str = r#"{"gamma-ok": "checklist", "version": 1, "date": "2026-01-01", "round": "a", "answers": [{"standard": "a",
    "stamp": "0a0a0a0a", "answer": "met", "observed": ["8 s"], "note": "x", "action": {"what": "y", "due": "2026-02-01"}}]}"#;
const MARKDOWN: &str = "- Date: 2026-01-01\n\n- **1.** x `a@0a0a0a0a`\n  - [x] met\n  - [ ] not met\n  - Note: x\n\n\
    | Item | What will be done |\n| --- | --- |\n| 1 | z |\n";
const CSV: &str = "No.,Observed,Answer,Note,ID@STAMP\n1,8 s,met,x,a@0a0a0a0a\n";

/// A small book; read once, since every case needs it.
static BOOK: LazyLock<(Loaded, Standards)> = LazyLock::new(|| {
    let standard = "{id: a, type: personal, level: basic, text: T, measure: {within: 10 s}}";
    let sequence = format!("id: s\nphases: [{{id: p, standards: [{standard}]}}]");
    let files = [("gamma-ok.yaml", "title: T"), ("sequences/s.yaml", &sequence)];
    let loaded = load(&Memory::new(files)).expect("a book");
    let standards = standards(&loaded.book);
    (loaded, standards)
});

fn read_text(name: &str, text: &str) -> Form {
    read(name, text.as_bytes(), &BOOK.0.book).expect("a form")
}

/// Takes a file in as far as it goes; nothing may panic.
fn take(name: &str, bytes: &[u8]) {
    let (loaded, standards) = &*BOOK;
    let today = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date");
    if let Ok(form) = read(name, bytes, &loaded.book) {
        place(form, &Options::default(), &StandardIndex::new(&loaded.book, standards, today));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_form_makes_it_panic(
        at in any::<prop::sample::Index>(),
        with in prop_oneof![any::<String>(), Just("```".to_owned()), Just("- [x] ".to_owned()), Just("\"".to_owned())],
        cut in any::<bool>(),
    ) {
        for (name, text) in [("a.json", JSON), ("a.md", MARKDOWN), ("a.csv", CSV)] {
            let cut_at = text.char_indices().map(|(end, _)| end).nth(at.index(text.chars().count())).unwrap_or(0);
            let rest = if cut { "" } else { &text[cut_at..] };
            take(name, format!("{}{with}{rest}", &text[..cut_at]).as_bytes());
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for name in ["a.json", "a.md", "a.csv", "a.xlsx", "a"] {
            take(name, &bytes);
        }
        take("a.xlsx", &[b"PK\x03\x04", bytes.as_slice()].concat());
    }
}

#[test]
fn what_no_person_fills_in_is_refused_at_its_place() {
    let refused = |name: &str, text: &str| match read(name, text.as_bytes(), &BOOK.0.book) {
        Ok(form) => form.refused.first().map(|refused| (refused.place.to_string(), refused.message.to_string())),
        Err(refused) => Some((refused.place.to_string(), refused.message.to_string())),
    };
    for (name, text, place) in [
        ("a.md", format!("{MARKDOWN}\n{}", "- ".repeat(200_000)), "12"),
        ("a.md", format!("{MARKDOWN}\n{}", "> ".repeat(200_000)), "12"),
        ("a.md", MARKDOWN.replace("Note: x", &"![".repeat(100_000)), "6"),
        ("a.md", MARKDOWN.replace("Note: x", &format!("Note: {}", "x".repeat(500_000))), "6"),
        ("a.md", MARKDOWN.replace("| --- | --- |", &"| --- ".repeat(3_000)), "9"),
        ("a.csv", CSV.replace("met,x", &format!("met,{}", "x".repeat(500_000))), "2"),
        ("a.json", JSON.replace("\"x\"", &format!("\"{}\"", "![".repeat(100_000))), "a"),
        ("a.json", "[".repeat(100_000), "1:"),
    ] {
        let refused = refused(name, &text);
        assert!(refused.as_ref().is_some_and(|(refused, _)| refused.starts_with(place)), "{name}: {refused:?}");
    }
}

#[test]
fn sound_forms_are_sound() {
    for (name, text) in [("a.json", JSON), ("a.md", MARKDOWN), ("a.csv", CSV)] {
        let form = read_text(name, text);
        assert_eq!((form.items.len(), form.refused), (1, vec![]), "{name}");
    }
}

const FORM: &str = "# Checklist: Book\n\n- Site: **Hotel Wisła**\n- Date: 2026-05-12\n- Time or shift: 14:30\n- Auditor: quality-lead\n\n\
    ## 1. Check-in\n\n- **1.** I ▲ · The `desk` is clear. · `greet@3f9a1c2e`\n  - [ ] met\n  - [X] not met\n  - [ ] n/a\n  \
    - [ ] not observed\n  - Observed (s): 12,5; 8\n  - Note: Slow,\n    and *late*\n- **2.** I · Two. · `two`\n  - [ ] spełniony\n  \
    - [x] niespełniony\n  - [x] nie dotyczy\n  - [ ] nie zaobserwowano\n\n## Corrective actions\n\n\
    | Item | What will be done | Owner | Due | Done |\n\
    | --- | --- | --- | --- | --- |\n| 1 | Clear it | shift leader | 2026-05-20 |  |\n|  |  |  |  |  |\n\n- Auditor:\n";

#[test]
fn markdown_has_ticks_values_notes_and_actions_with_their_lines() {
    let form = read_text("a.md", FORM);
    assert_eq!(form.refused, []);
    let written = |entries: &[FormEntry], label: &str| {
        entry(entries, label).map(|entry| (entry.value.clone(), entry.place.to_string())).unwrap_or_default()
    };
    let spot = |text: &str, place: &str| (text.to_owned(), place.to_owned());
    assert_eq!(written(&form.head, "site"), spot("Hotel Wisła", "3"));
    assert_eq!(written(&form.head, "time"), spot("14:30", "5"));
    assert_eq!(written(&form.head, "auditor"), spot("quality-lead", "6"));
    let [one, two] = form.items.as_slice() else { panic!("{:?}", form.items) };
    assert_eq!(one.reference, "greet@3f9a1c2e");
    assert_eq!(written(&one.entries, "answer"), spot("not met", "12"));
    let observed = one.entries.iter().filter(|entry| entry.label == "observed");
    let observed: Vec<_> = observed.map(|entry| (entry.value.as_str(), entry.unit.as_deref())).collect();
    assert_eq!(observed, [("12,5", Some("s")), ("8", Some("s"))]);
    assert_eq!(written(&one.entries, "note"), spot("Slow, and *late*", "16"));
    let [action] = form.table.as_slice() else { panic!("{:?}", form.table) };
    assert_eq!((action.reference.as_str(), action.place.to_string().as_str()), ("1", "28"));
    assert_eq!(written(&action.entries, "action.due"), spot("2026-05-20", "28"));
    let ticks: Vec<_> = two.entries.iter().map(|entry| (entry.value.as_str(), entry.place.to_string())).collect();
    assert_eq!(ticks, [("not met", "20".to_owned()), ("n/a", "21".to_owned())]);
}

#[test]
fn what_lost_its_place_is_said() {
    let form = read_text("a.md", "- **1.** One\n  - [x] met\n  - [ ] not met\n- **2.** · `two`\n  - [ ] met\n");
    assert_eq!(form.refused.into_iter().map(|refused| refused.place).collect::<Vec<_>>(), [FormPlace::Line(1)]);
    for text in ["# Shopping\n\n- milk\n", ""] {
        assert!(read("a.md", text.as_bytes(), &BOOK.0.book).is_err());
    }
}

#[test]
fn columns_of_csv_are_found_by_their_heads_in_any_language() {
    for text in [
        "No.,Standard,Observed,Answer,Note,ID@STAMP\n1,\"A, b\",8 s,,critical,greet@3f9a1c2e\n2,x,,not met,\"late\nagain\",two\n",
        "\u{feff}Nr;Standard;Wynik;Ocena;Uwagi;ID@ZNACZNIK\r\n1;\"A, b\";8 s;;krytyczny;greet@3f9a1c2e\r\n2;x;;niespełniony;\"late\r\nagain\";two\r\n",
    ] {
        let form = read_text("a.csv", text);
        let [one, two] = form.items.as_slice() else { panic!("{:?}", form.items) };
        let labels: Vec<_> = one.entries.iter().map(|entry| entry.label).collect();
        assert_eq!((one.reference.as_str(), labels), ("greet@3f9a1c2e", vec!["observed"]));
        assert_eq!(two.place, FormPlace::Line(3));
        let note = value(&two.entries, "note").unwrap_or_default();
        assert_eq!((value(&two.entries, "answer").as_deref(), note.split_whitespace().count()), (Some("not met"), 2));
    }
}

#[test]
fn tables_of_strangers_are_told() {
    for text in ["a,b\n1,2\n", "ID@STAMP,Note\nx,y\n", "No.,Answer,ID@STAMP\n"] {
        assert!(read("a.csv", text.as_bytes(), &BOOK.0.book).is_err(), "{text}");
    }
    assert_eq!(read_text("a.csv", "Answer,ID@STAMP\nmet,\n").refused[0].place, FormPlace::Line(2));
}

#[test]
fn answers_are_understood_in_every_language() {
    for (word, wanted) in [
        ("met", "met"),
        ("Not met", "not met"),
        ("niespełniony", "not met"),
        ("Uppfyllt", "met"),
        ("ej  tillämpligt", "n/a"),
        ("nie zaobserwowano", "not observed"),
        ("n/a", "n/a"),
    ] {
        let form = read_text("a.csv", &format!("Answer,ID@STAMP\n{word},a\n"));
        assert_eq!(value(&form.items[0].entries, "answer").as_deref(), Some(wanted), "{word}");
    }
    assert_eq!(
        read_text("a.csv", "Answer,ID@STAMP\nyes,a\n").refused[0].place,
        FormPlace::Column(2, "Answer".to_owned())
    );
}

/// A form of two items, whose second has every kind of line.
const ITEM: [&str; 6] =
    ["  - [ ] met", "  - [ ] not met", "  - [ ] n/a", "  - [ ] not observed", "  - Observed (s):", "  - Note:"];

/// The form with the lines of its first item changed; the item begins on line 3.
fn form_with(lines: &[String]) -> String {
    let rest = "- **2.** I · Two. · `b@0a0a0a0a`\n  - [x] met\n  - [ ] not met\n  - Note: kept\n";
    format!("- Date: 2026-05-12\n\n- **1.** I · One. · `a@0a0a0a0a`\n{}\n{rest}", lines.join("\n"))
}

/// What is said of the first item, as label and value; and the lines that are refused.
fn said_of(lines: &[String]) -> (Vec<(String, String)>, Vec<usize>) {
    let form = read_text("a.md", &form_with(lines));
    let line = |refused: &Refused| match refused.place {
        FormPlace::Line(line) => line,
        _ => 0,
    };
    let lines = form.refused.iter().map(line).collect();
    let item = form.items.iter().find(|item| item.reference == "a@0a0a0a0a");
    let entries = item.map(|item| item.entries.clone()).unwrap_or_default();
    let second = form.items.iter().find(|item| item.reference == "b@0a0a0a0a").expect("the second item");
    assert_eq!(value(&second.entries, "note").as_deref(), Some("kept"), "{form:?}");
    (entries.into_iter().map(|entry| (entry.label.to_owned(), entry.value)).collect(), lines)
}

fn lines_with(index: usize, line: &str) -> Vec<String> {
    let mut lines: Vec<String> = ITEM.iter().map(|line| (*line).to_owned()).collect();
    line.clone_into(&mut lines[index]);
    lines
}

#[test]
fn what_is_certain_is_read() {
    let entries = |lines: &[String]| {
        let (entries, refused) = said_of(lines);
        assert_eq!(refused, Vec::<usize>::new(), "{lines:?}");
        entries
    };
    let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    for tick in [
        "  - [ x] not met",
        "  - [x ] not met",
        "  - [X] not met",
        "  - \\[x\\] not met",
        "  - [✓] not met",
        "  - [v] not met",
        "  - ✅ not met",
        "  - ☑ not met",
        "  * [x] not met",
        "- [x] not met",
        " - [x] not met",
        "      - [x] not met",
        "  - [x] **not met**",
        "  - [x] NOT  MET",
        "  - [x]not met",
        "  - [x] niespełniony",
        "  1. [x] not met",
    ] {
        assert_eq!(entries(&lines_with(1, tick)), [pair("answer", "not met")], "{tick}");
    }
    for (line, note) in [
        ("  - Note: slow", "slow"),
        ("  - **Note:** slow", "slow"),
        ("  - **Note**: slow", "slow"),
        ("  - *Note:* slow", "slow"),
        ("  - Notes: slow", "slow"),
        ("  - note: slow", "slow"),
        ("  - Note slow", "slow"),
        ("  - Note – slow", "slow"),
        ("- Note: slow", "slow"),
        ("  - Note: slow\n    and late", "slow and late"),
        ("  - Note: slow\nand late", "slow and late"),
        ("  - Note: slow\n\n    and late", "slow and late"),
        ("  - Note:\n    > slow", "slow"),
        ("  - Note:\n\n      slow", "slow"),
        ("  - Note: slow\n  - Note: late", "slow · late"),
        ("  - Uwagi: slow", "slow"),
    ] {
        assert_eq!(entries(&lines_with(5, line)), [pair("note", note)], "{line}");
    }
    for line in [
        "  - Observed (s): 25",
        "  - Observed (s) 25",
        "  - Observed: 25",
        "  - Observed 25",
        "  - **Observed (s):** 25",
    ] {
        assert_eq!(entries(&lines_with(4, line)), [pair("observed", "25")], "{line}");
    }
    for line in ["  - [x] not met: he was rude", "  - [x] not met – he was rude", "  - [x] not met (he was rude)"] {
        assert_eq!(entries(&lines_with(1, line)), [pair("answer", "not met"), pair("note", "he was rude")], "{line}");
    }
}

#[test]
fn what_is_not_certain_is_refused_at_its_line() {
    for (index, line, refused) in [
        (1, "  - [-] not met", 5),
        (1, "  - [✗] not met", 5),
        (1, "  - [?] not met", 5),
        (1, "  - ❌ not met", 5),
        (1, "  - [x] not quite", 5),
        (1, "  - [x]", 5),
        (1, "  - [ ] not met: he was rude", 5),
        (1, "  - [ ] not met x", 5),
        (1, "  - [ ] **not met**", 5),
        (1, "  - [ ] ~~not met~~", 5),
        (1, "  - not met", 5),
        (1, "  -[x] not met", 4),
        (5, "  - Remark: slow", 9),
        (5, "  - Note:\n  - slow", 10),
        (5, "  - Note:\n\n  slow", 11),
        (5, "  - Note:\n\n  > slow", 11),
        (5, "  - Note:\n\nslow", 11),
        (5, "  - Note:\n\n> slow", 11),
        (5, "  - Note:\n\n```\nslow\n```", 11),
        (5, "  - Note:\n\n<b>slow</b>", 11),
        (5, "  - Note:\n\n<!-- slow -->", 11),
        (5, "  - Note:\n\n[slow]: late", 11),
        (4, "  - Observed (s) at night: 25", 8),
    ] {
        let (entries, lines) = said_of(&lines_with(index, line));
        assert_eq!(lines, [refused], "{line}: {entries:?}");
    }
    // The heads of a stranger's table are words as well as its cells.
    let (_, lines) = said_of(&lines_with(5, "  - Note:\n\n| slow | late |\n| --- | --- |\n| a | b |"));
    assert_eq!(lines, [11, 13]);
    // Below the name of the item, and behind it.
    for (line, refused) in
        [("  he was rude\n  - [ ] met", 4), ("  > he was rude\n  - [ ] met", 4), ("\n  he was rude\n\n  - [ ] met", 5)]
    {
        let (_, lines) = said_of(&lines_with(0, line));
        assert!(lines == [refused] || lines == [3], "{line}: {lines:?}");
    }
    let behind = form_with(&ITEM.map(str::to_owned)).replace("`a@0a0a0a0a`", "`a@0a0a0a0a` rude");
    assert_eq!(read_text("a.md", &behind).refused.len(), 1);
    let above =
        form_with(&ITEM.map(str::to_owned)).replace("- Date: 2026-05-12", "- Date: 2026-05-12\n- Weather: rain");
    assert_eq!(read_text("a.md", &above).refused[0].place, FormPlace::Line(2));
}

#[test]
fn a_form_quoted_in_a_mail_is_read_or_refused() {
    let lines = form_with(&lines_with(1, "  - [x] not met"));
    let quoted: String = lines.lines().map(|line| format!("> {line}\n")).collect();
    let form = read_text("a.md", &quoted);
    assert_eq!(form.refused, []);
    assert_eq!(value(&form.items[0].entries, "answer").as_deref(), Some("not met"));
    assert_eq!(value(&form.head, "date").as_deref(), Some("2026-05-12"));
    let form = read_text("a.md", &format!("On Monday somebody wrote:\n\n{quoted}"));
    assert!(!form.refused.is_empty());
    assert!(form.head.iter().all(|entry| !entry.value.contains('>')), "{form:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever somebody writes into a form, anywhere and in any way, is in what was read, or something is refused.
    #[test]
    fn nothing_that_somebody_wrote_disappears(
        at in 0..ITEM.len(),
        before in prop::sample::select(vec!["", "\n", "  ", "\n\n    ", "> ", "\n> ", "  - ", "- ", "    - ", "\n```\n", "| ", "# ", "1. ", "<b>", "[", "\n\n"]),
        word in "[a-z]{9}",
        after in prop::sample::select(vec!["", ":", "\n", "|", "\n---", "]", "]: x", " **", "\n\n", "</b>", "\n```\n", " `x`"]),
        own_line in any::<bool>(),
    ) {
        let mut lines: Vec<String> = ITEM.iter().map(|line| (*line).to_owned()).collect();
        if own_line {
            lines.insert(at, format!("{before}{word}{after}"));
        } else {
            lines[at] = format!("{}{before}{word}{after}", lines[at]);
        }
        let text = format!("- Date: 2026-05-12\n\n- **1.** I · One. · `a@0a0a0a0a`\n{}\n", lines.join("\n"));
        let form = read_text("a.md", &text);
        let all = form.items.iter().flat_map(|item| &item.entries).chain(&form.head);
        let is_read = all.into_iter().any(|entry| entry.value.contains(&word));
        prop_assert!(is_read || !form.refused.is_empty(), "{text}\n{form:?}");
    }

    /// A tick moved, cut or marked in any other way counts, or is refused.
    #[test]
    fn a_tick_is_read_or_refused(
        indent in 0..8usize,
        sign in prop::sample::select(vec!["- ", "* ", "+ ", "-", "", "1. ", "– ", "• "]),
        open in prop::sample::select(vec!["[", "\\[", "[ ", "(", "[[", ""]),
        mark in prop::sample::select(vec!["x", "X", "v", "✓", "✔", "☑", "✅", "*", "1", "y", "xx", "-"]),
        close in prop::sample::select(vec!["]", "\\]", " ]", ")", "]]", "", "] "]),
        space in prop::sample::select(vec![" ", "", "  ", "\t"]),
    ) {
        let line = format!("{}{sign}{open}{mark}{close}{space}not met", " ".repeat(indent));
        let form = read_text("a.md", &form_with(&lines_with(1, &line)));
        let answer = form.items.iter().find(|item| item.reference == "a@0a0a0a0a").and_then(|item| value(&item.entries, "answer"));
        prop_assert!(answer.as_deref() == Some("not met") || !form.refused.is_empty(), "{line:?} {form:?}");
    }
}

/// Two items as a form has them, the second ticked as not met.
const TWO: &str = "# Checklist: Book\n\n- Site: **North**\n- Date: 2026-05-12\n- Time or shift:\n- Auditor:\n\n## 1. Desk\n\n\
    - **1.** I · One. · `a@0a0a0a0a`\n  - [ ] met\n  - [ ] not met\n  - Observed (s):\n  - Note:\n\
    - **2.** II · Two. · `b@0a0a0a0a`\n  - [ ] met\n  - [x] not met\n  - Note:\n";

#[test]
fn answers_never_slide_to_the_item_above() {
    let first = "- **2.** II · Two. · `b@0a0a0a0a`\n";
    for (changed, line) in [
        (first.replacen("- ", "– ", 1), 14),
        (first.replacen("- ", "• ", 1), 14),
        (first.replacen("- ", "", 1), 14),
        (first.replacen("- ", "\n", 1), 16),
        (String::new(), 15),
        (first.replacen("- ", "- **Note.** ", 1).replace("**2.** ", ""), 14),
    ] {
        let form = read_text("a.md", &TWO.replace(first, &changed));
        assert!(!form.refused.is_empty(), "{changed:?}");
        assert!(
            form.refused.iter().any(|refused| refused.place == FormPlace::Line(line)) || changed.contains("Note"),
            "{changed:?} {:?}",
            form.refused
        );
        let above = form.items.iter().find(|item| item.reference == "a@0a0a0a0a").expect("the first item");
        assert!(above.entries.iter().all(|entry| entry.label != "answer"), "{changed:?} {form:?}");
    }
    let joined = TWO.replace("  - Note:\n- **2.**", "  - Note: - **2.**");
    assert_eq!(read_text("a.md", &joined).refused[0].place, FormPlace::Line(14));
    // A name without the marks of code is one.
    let bare = read_text("a.md", &TWO.replace("`b@0a0a0a0a`", "b@0a0a0a0a"));
    assert_eq!((bare.refused.len(), bare.items[1].reference.as_str()), (0, "b@0a0a0a0a"));
    let unlisted = TWO.replace("- ", "• ").repeat(2);
    assert_eq!(read("a.md", unlisted.as_bytes(), &BOOK.0.book).expect_err("no lists").place, FormPlace::Line(10));
}

#[test]
fn two_forms_in_one_file_are_refused() {
    for second in [TWO, TWO.split_once("\n\n").expect("a title").1] {
        let form = read_text("a.md", &format!("{TWO}\n{second}"));
        let message = form.refused[0].message.to_string();
        assert!(message.contains("a second form begins here"), "{message}");
    }
    let again = read_text("a.md", &format!("{TWO}{}", TWO.split_once("## 1. Desk").expect("a phase").1));
    assert!(!again.refused.is_empty());
    let signed = read_text("a.md", &format!("{TWO}\n## Signatures\n\n- Auditor: \n"));
    assert_eq!(signed.refused, []);
}

#[test]
fn a_second_answer_on_one_line_is_no_note() {
    for line in [
        "  - [x] met - [x] not met",
        "  - [x] not met - [ ] met",
        "  - [x] not met: [x] late",
        "  - [x] not met - Observed (s): 1",
        "  - [x] not met - Note: late",
        "  - [x] not met, met",
        "  - [x] not met – slow - Observed (s): 1",
        "  - [ ] met - [x] not met",
        "  - [ ] met [x] not met",
    ] {
        let (entries, refused) = said_of(&lines_with(1, line));
        assert!(!refused.is_empty(), "{line}: {entries:?}");
    }
    for line in ["  - Note: fine - [x] not met", "  - Note: fine - Observed (s): 12", "  - Note: fine\n    - [x] met"] {
        let (entries, refused) = said_of(&lines_with(5, line));
        assert!(!refused.is_empty(), "{line}: {entries:?}");
    }
}

/// What is said of a form of which one line was changed, at its line.
fn placed(form: &str) -> PlacedForm {
    let (loaded, standards) = &*BOOK;
    let today = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date");
    place(read_text("a.md", form), &Options::default(), &StandardIndex::new(&loaded.book, standards, today))
}

#[test]
fn a_row_of_actions_with_its_first_cell_alone_is_refused() {
    for row in ["| Ring them |  |  |", "| 1 |  |  |", "Ring them", "1\tRing them\tlead"] {
        let form = format!("{MARKDOWN}{row}\n");
        let wrong = placed(&form).refused;
        assert_eq!(wrong.first().map(|refused| &refused.place), Some(&FormPlace::Line(11)), "{row}: {wrong:?}");
    }
    assert_eq!(placed(MARKDOWN).refused, []);
}

#[test]
fn what_is_beside_a_refused_box_is_not_taken() {
    let form = MARKDOWN.replace("  - [x] met", "  - [?] met");
    let placed = placed(&form);
    assert_eq!((placed.record.answers.len(), placed.refused.len()), (0, 1), "{placed:?}");
}

#[test]
fn a_time_is_read_or_refused() {
    let of = |day: &str, time: &str| {
        let head = format!("- Date: {day}\n- Time or shift: {time}");
        let placed = placed(&MARKDOWN.replace("- Date: 2026-01-01", &head));
        let time = placed.record.moment.time.map(|time| time.format("%H:%M").to_string());
        (placed.refused.len(), time, placed.record.visit)
    };
    for (time, read) in [
        ("9:30", "09:30"),
        ("9.30", "09:30"),
        ("kl 8", "08:00"),
        ("kl. 14.30", "14:30"),
        ("godz. 8", "08:00"),
        ("2:30 pm", "14:30"),
        ("12 am", "00:00"),
    ] {
        assert_eq!(of("2026-01-01", time), (0, Some(read.to_owned()), None), "{time}");
    }
    for time in [
        "25:00",
        "14.3x",
        "0.604",
        "8",
        "morgon (kl 8)",
        "13 pm",
        "![bild](IMG.HEIC)",
        "\n  ![bild](IMG.HEIC)",
        "night\nand rain",
    ] {
        assert!(of("2026-01-01", time).0 > 0, "{time}");
    }
    assert_eq!(of("2026-01-01", "night at desk"), (0, None, Some("2026-01-01-night-at-desk".to_owned())));
    assert_eq!(of("2026-01-01 09:00", "14:30").0, 1);
    assert_eq!(of("2026-01-01 09:00", "9:00"), (0, Some("09:00".to_owned()), None));
    for day in ["1 January 2026", "1 januari 2026", "1 stycznia 2026 r.", "2026-01-01T14:30:59Z"] {
        assert_eq!(of(day, "").0, 0, "{day}");
    }
}

#[test]
fn a_value_that_may_be_two_is_refused() {
    let of = |label: &str, value: &str| {
        let form = MARKDOWN.replace("  - [x] met\n", &format!("  - [ ] met\n  - {label}: {value}\n"));
        placed(&form).refused.len()
    };
    for value in ["1,000", "1.000", "12,345", "1/2", "3/4"] {
        assert_eq!(of("Observed (s)", value), 1, "{value}");
    }
    for value in ["1 000", "1000", "0,125", "1.25", "19/20", "8; 12"] {
        assert_eq!(of("Observed (s)", value), 0, "{value}");
    }
}

#[test]
fn what_nobody_sees_is_refused_at_its_place() {
    for character in ['\u{200b}', '\u{202e}', '\u{2060}'] {
        let form = read_text("a.md", &MARKDOWN.replace("Note: x", &format!("Note: slow{character} here")));
        let [refused] = form.refused.as_slice() else { panic!("{form:?}") };
        assert_eq!(refused.place, FormPlace::Line(6));
        assert!(refused.message.to_string().contains("behind `slow`"));
    }
}

#[test]
fn words_beside_the_day_of_a_form_are_refused() {
    for (line, refused) in [
        ("- Issued: 28 November 2026", 0),
        ("- Utfärdad: 28\u{a0}november\u{a0}2026", 0),
        ("- Issued: 28 November 2026, it was raining", 1),
        ("- Issued: see the other paper", 1),
    ] {
        let form = read_text("a.md", &MARKDOWN.replace("- Date", &format!("{line}\n- Date")));
        assert_eq!(form.refused.len(), refused, "{line}");
    }
}

#[test]
fn an_action_without_a_deed_is_told_at_its_row() {
    let form = MARKDOWN
        .replace("| 1 | z |", "| 1 |  | lead |")
        .replace("will be done |\n| --- | --- |", "will be done | Owner |\n| --- | --- | --- |");
    let wrong = placed(&form).refused;
    assert_eq!(
        wrong.iter().map(|refused| refused.place.clone()).collect::<Vec<_>>(),
        [FormPlace::Line(10)],
        "{wrong:?}"
    );
}
