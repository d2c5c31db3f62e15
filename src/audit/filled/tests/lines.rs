//! Checklists in Markdown, line by line: what is certain is read, and whatever else somebody wrote is refused.

use super::*;

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
        index in 0..ITEM.len(),
        before in prop::sample::select(vec!["", "\n", "  ", "\n\n    ", "> ", "\n> ", "  - ", "- ", "    - ", "\n```\n", "| ", "# ", "1. ", "<b>", "[", "\n\n"]),
        word in "[a-z]{9}",
        after in prop::sample::select(vec!["", ":", "\n", "|", "\n---", "]", "]: x", " **", "\n\n", "</b>", "\n```\n", " `x`"]),
        own_line in any::<bool>(),
    ) {
        let mut lines: Vec<String> = ITEM.iter().map(|line| (*line).to_owned()).collect();
        if own_line {
            lines.insert(index, format!("{before}{word}{after}"));
        } else {
            lines[index] = format!("{}{before}{word}{after}", lines[index]);
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
