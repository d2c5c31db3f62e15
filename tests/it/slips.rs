//! Slips of people who write YAML by hand, one at a time in a sound file: the finding stands at the slip, says what it is
//! and how to mend it, and is the only one.

use gamma_ok::book::load;
use gamma_ok::source::Memory;

use crate::support::Book;

const SOUND: &str = "id: s
title: {en: A stay}
phases:
  - id: check-in
    title: {en: Check-in}
    traits: [friendly]
    steps:
      - id: approach
        contact: face-to-face
        staff: Greets the guest
    standards:
      - id: greet
        step: approach
        trait: friendly
        type: personal
        level: basic
        text:
          en: The porter greets the guest within 10 seconds.
        measure: {what: time, within: 10 s}
      - id: bye
        trait: friendly
        type: personal
        level: basic
        text: The porter names the way to the lift.
";

/// What is found in the book with that sequence: `line: code: message | help`.
fn found(sequence: &str) -> Vec<String> {
    let world = Memory::new([
        ("gamma-ok.yaml".to_owned(), "title: T\nlanguages: [en]\n".to_owned()),
        ("sequences/s.yaml".to_owned(), sequence.to_owned()),
    ]);
    let loaded = load(&world).expect("a manifest");
    let line = |finding: &gamma_ok::diag::Diagnostic| {
        let source = loaded.sources.get(finding.span.file);
        let line = source.position(finding.span.start as usize).line;
        format!("{line}: {}: {} | {}", finding.code, finding.message, finding.help.as_deref().unwrap_or("-"))
    };
    loaded.findings.iter().map(line).collect()
}

/// One slip: what stands there, what is written instead, and what is said.
type Slip = (&'static str, &'static str, &'static str);

const SLIPS: &[Slip] = &[
    (
        "        trait: friendly\n",
        "\ttrait: friendly\n",
        "14: yaml-syntax: a tab is used for indentation | indent with spaces, two a level",
    ),
    (
        "        step: ap",
        "\u{a0}\u{a0}      step: ap",
        "13: yaml-syntax: this line is indented with U+00A0 NO-BREAK SPACE, which only looks like a space | put ordinary spaces in its place",
    ),
    (
        "      - id: bye",
        "       - id: bye",
        "20: yaml-syntax: this line begins 7 spaces in, line 12, which it seems to stand beside, 6 | begin it with 6 spaces",
    ),
    (
        "      - id: bye",
        "     - id: bye",
        "20: yaml-syntax: this line begins 5 spaces in, line 12, which it seems to stand beside, 6 | begin it with 6 spaces",
    ),
    (
        "        step: ap",
        "         step: ap",
        "13: yaml-syntax: this line is indented further than line 12, which it seems to stand beside | begin it with 8 spaces",
    ),
    (
        "        step: ap",
        "       step: ap",
        "13: yaml-syntax: this line begins 7 spaces in, line 12, which it seems to stand beside, 8 | begin it with 8 spaces",
    ),
    ("      - id: bye", "      -id: bye", "20: yaml-syntax: a space is missing after `-` | write `- id: bye`"),
    (
        "      - id: bye",
        "      – id: bye",
        "20: yaml-syntax: a list item begins with `-`, not with `–` | type the `-` of the keyboard, and a space",
    ),
    (
        "        trait: friendly\n",
        "        trait:friendly\n",
        "14: yaml-syntax: a space is missing after `trait:` | write `trait: friendly`",
    ),
    ("- id: greet", "- id:greet", "12: yaml-syntax: a space is missing after `id:` | write `id: greet`"),
    ("within: 10 s}", "within: 10 s", "19: yaml-syntax: `{` is never closed | add `}` where the value ends"),
    ("[friendly]", "[friendly", "6: yaml-syntax: `[` is never closed | add `]` where the value ends"),
    (
        "      - id: bye",
        "        id: bye",
        "20: duplicate-key: `id` stands twice: another entry seems to begin here | put `- ` before it, as before the entry above",
    ),
    (
        "      - id: greet",
        "        id: greet",
        "12: yaml-syntax: `- ` is missing before the first item of a list, whose next one begins in line 20 | write `- id: greet`",
    ),
    (
        "    standards:\n",
        "        standards: []\n    standards:\n",
        "11: unknown-key: `standards` is not a key of a step | standards stand in the phase, beside its `steps`; `step: …` pins one to a step",
    ),
    (
        "    traits: [",
        "    cechy: [",
        "6: unknown-key: `cechy` is not a key of a phase | the format's word for it is `traits`",
    ),
    (
        "        level: basic\n",
        "        nivå: basic\n",
        "16: unknown-key: `nivå` is not a key of a standard | the format's word for it is `level`",
    ),
    (
        "        level: basic\n",
        "        level: podstawowy\n",
        "16: wrong-type: `podstawowy` is not one of `basic`, `expected`, `exclusive` | the format's word for it is `basic`",
    ),
    (
        "        trait: friendly\n",
        "        trait: uważny\n",
        "14: unknown-trait: `uważny` is not a trait of the book or the library | did you mean `attentive`?",
    ),
    (
        "within: 10 s",
        "within: 10",
        "19: bad-quantity: `within` is a time limit, but `10` is not a time | add the unit, as in `10 s` or `10 min`",
    ),
    (
        "within: 10 s",
        "within: 20–30 s",
        "19: bad-quantity: `20–30 s` is not a quantity: the number is not clear | write a range as `between: [20 s, 30 s]`",
    ),
    (
        "text: The porter names",
        "text: \"The porter\" names",
        "24: yaml-syntax: the text goes on after its closing quotation mark | put the whole text between quotation marks of the other kind, as in '\"The porter\" names the way to the lift.'",
    ),
    (
        "text: The porter names",
        "text: \"The porter names",
        "24: yaml-syntax: a quotation mark opens here and is never closed | close it at the end of the text, or remove it",
    ),
    (
        "text: The porter names",
        "text: The porter says: this is",
        "24: yaml-syntax: a colon followed by a space stands inside a text | put the whole text in quotation marks",
    ),
    (
        "text: The porter names",
        "text: !important The porter names",
        "24: yaml-syntax: a text that begins with `!` is read as a tag | put the text in quotation marks",
    ),
    (
        "text: The porter names",
        "text: ! The porter names",
        "24: yaml-syntax: a text that begins with `!` is read as a tag | put the text in quotation marks",
    ),
    (
        "text: The porter names",
        "text: &amp; The porter names",
        "24: yaml-syntax: a text that begins with `&` or `*` is read as a reference | put the text in quotation marks",
    ),
    (
        "text: The porter names",
        "text: *always* The porter names",
        "24: yaml-syntax: a text that begins with `*` is read as a reference | put the text in quotation marks",
    ),
    (
        "text: The porter names",
        "text: {role} names",
        "24: yaml-syntax: a text cannot begin with `{` here | put the text in quotation marks",
    ),
    (
        "text: The porter names",
        "text: #1 of the porter is",
        "24: missing-key: `text` of a standard has no value | write the value, in quotation marks if it begins with `#`",
    ),
    (
        "        text: The porter names",
        "        how:\n          • Look up\n          • Smile\n        text: The porter names",
        "25: wrong-type: a list item begins with `-`, not with `•` | type the `-` of the keyboard, and a space",
    ),
    (
        "        text: The porter names",
        "        how:\n          - Look up\n            – Smile\n        text: The porter names",
        "26: wrong-type: a list item begins with `-`, not with `–` | type the `-` of the keyboard, and a space",
    ),
    (
        "        text: The porter names",
        "        how:\n          - Look up\n          * Smile\n        text: The porter names",
        "26: yaml-syntax: a list item begins with `-`, not with `*` | type the `-` of the keyboard, and a space",
    ),
    (
        "        text: The porter names",
        "        how:\n          1. Look up\n          2. Smile\n        text: The porter names",
        "25: wrong-type: a list item begins with `-`, not with `1` | type the `-` of the keyboard, and a space",
    ),
    (
        "        text: The porter names",
        "        how:\n          - • Look up\n        text: The porter names",
        "25: wrong-type: a list item begins with `-`, not with `•` | remove it: the `-` before it is the mark",
    ),
    (
        "The porter names",
        "The p\u{43e}rter names",
        "24: invisible-character: `p\u{43e}rter` holds a letter of another alphabet | it holds U+043E CYRILLIC SMALL LETTER O, which looks like `o`; type `porter` anew",
    ),
    (
        "The porter names",
        "The por\u{ad}ter names",
        "24: invisible-character: an invisible character, U+00AD SOFT HYPHEN, stands here | remove it; if you cannot see it, type the line anew",
    ),
    (
        "The porter names",
        "The porter of KrakÃ³w names",
        "24: garbled-text: `Ã³` was `ó` before the file was read in a wrong encoding | type the letter anew",
    ),
    (
        "        trait: friendly\n",
        "        trait: fri\u{435}ndly\n",
        "14: invisible-character: `fri\u{435}ndly` is not a trait of the book or the library | it holds U+0435 CYRILLIC SMALL LETTER IE, which looks like `e`; type `friendly` anew",
    ),
    (
        "        step: ap",
        "        st\u{200b}ep: ap",
        "13: invisible-character: `st\u{200b}ep` is not a key of a standard | it holds U+200B ZERO WIDTH SPACE, which cannot be seen; type `step` anew",
    ),
    (
        "        trait: friendly\n",
        "        trait:\u{a0}friendly\n",
        "14: yaml-syntax: behind `trait:` stands U+00A0 NO-BREAK SPACE, which only looks like a space | type `trait: friendly` anew, with the keyboard's own signs",
    ),
    (
        "    standards:\n",
        "    standards：\n",
        "11: yaml-syntax: behind `standards` stands U+FF1A FULLWIDTH COLON, which only looks like `:` | type `standards:` anew, with the keyboard's own sign",
    ),
    (
        "- id: greet",
        "- id： greet",
        "12: yaml-syntax: behind `id` stands U+FF1A FULLWIDTH COLON, which only looks like `:` | type `id: greet` anew, with the keyboard's own signs",
    ),
    (
        "          en: The porter greets",
        "          \u{435}n: The porter greets",
        "18: invisible-character: `\u{435}n` is not a language | it holds U+0435 CYRILLIC SMALL LETTER IE, which looks like `e`; type `en` anew",
    ),
    (
        "within: 10 s",
        "within: ten seconds",
        "19: bad-quantity: `ten seconds` is not a quantity: it does not begin with a number | write a number and a unit: 10 s, 2 min, 24 h, 3 d, 2 wd (working days), 12 months, 80 %, 3 m, 21 °C, or a bare count",
    ),
    (
        "measure: {what: time, within: 10 s}",
        "measure: 10 s",
        "19: wrong-type: expected a measure: a mapping with `what`, found `10 s` | write `measure: {within: 10 s}`, or another bound than `within`",
    ),
    (
        "measure: {what: time, within: 10 s}",
        "measure: {what: time}",
        "19: missing-key: a measure lacks its figure | give exactly one of `within`, `at-most`, `at-least` and `between`",
    ),
    (
        "within: 10 s",
        "within: 0,5 min",
        "19: bad-quantity: `0,5 min` is cut in two: in braces a comma ends the value | write the decimals with a point, `0.5 min`, or put it in quotation marks, `\"0,5 min\"`",
    ),
    (
        "within: 10 s",
        "within: {0,5 min}",
        "19: wrong-type: expected a number and a unit, such as `10 s`, found a mapping | write it without brackets, decimals with a point: `0.5 min`",
    ),
    (
        "within: 10 s",
        "between: [0,5 min, 1,5 min]",
        "19: bad-quantity: `between` needs two quantities, found 4 | a comma sets the two apart: write decimals with a point, as in `between: [0.5 min, 1.5 min]`",
    ),
    (
        "title: {en: Check-in}",
        "title: en: Check-in}",
        "5: yaml-syntax: `{` is missing before the first of these values | write `title: {en: Check-in}`",
    ),
    (
        "measure: {what: time, within: 10 s}",
        "measure: what: time",
        "19: yaml-syntax: `what` begins a line of its own below `measure:` | write `what: time` on the next line, two spaces further in; or all in braces: `measure: {what: time}`",
    ),
    (
        "[friendly]",
        "friendly, prompt",
        "6: unknown-trait: `friendly, prompt` is not a trait of the book or the library | set the names apart by commas, in brackets: `[friendly, prompt]`",
    ),
    (
        "        text: The porter names",
        "        how: Look up\n          - Smile\n        text: The porter names",
        "25: wrong-type: this entry of a list is read as part of the text above it | begin the list on the line below its key, its first entry with `- ` too",
    ),
    (
        "        text: The porter names",
        "        how:\n          - Look up\n            - Smile\n        text: The porter names",
        "26: wrong-type: this entry of a list is read as part of the text above it | begin the line as far in as the `-` of the entry above",
    ),
    ("[friendly]", "friendly]", "6: wrong-type: `[` is missing before `friendly]` | write `[friendly]`"),
    (
        "    standards:\n",
        "",
        "11: unknown-key: this entry has the keys of a standard, and stands among the steps | put the line `standards:` above it, as far in as `steps:`",
    ),
    (
        "    steps:\n",
        "",
        "7: yaml-syntax: a list begins here, and no line above it says what it lists | put the line with its key above it, such as `phases:`, `steps:` or `standards:`, two spaces further out or as far in as the `-`",
    ),
    (
        "phases:\n",
        "",
        "3: yaml-syntax: a list begins here, and no line above it says what it lists | put the line with its key above it, such as `phases:`, `steps:` or `standards:`, two spaces further out or as far in as the `-`",
    ),
    (
        "text: The porter names",
        "text: 'The porter's mate names",
        "24: yaml-syntax: this apostrophe ends the text that `'` begins | put the text between double quotation marks: \"The porter's mate names the way to the lift.\"",
    ),
    (
        "        level: basic\n",
        "        level: basic\n        allow: vague-word: none\n",
        "17: yaml-syntax: `allow` is a list of words, and none of them has a value | write `allow: [vague-word]`",
    ),
    (
        "        level: basic\n",
        "        level: basic\n        allow: {vague-word: none}\n",
        "17: wrong-type: expected a list, found a mapping | write the words alone, in brackets: `[vague-word]`",
    ),
    (
        "        level: basic\n",
        "        level: basic\n        when: site.id == north\n",
        "17: bad-condition: this condition cannot be read: a text stands in quotation marks: write `\"north\"` | write an expression over the site, such as `site.rooms >= 50 and site.stars >= 4`",
    ),
    (
        "        level: basic\n",
        "        level: basic\n        when: site.rooms > 1,5\n",
        "17: bad-condition: this condition cannot be read: write `1.5` in place of `1,5` | write an expression over the site, such as `site.rooms >= 50 and site.stars >= 4`",
    ),
];

#[test]
fn what_looks_like_a_number_of_a_site_is_told_at_the_site() {
    let told = |value: &str| {
        let files = [
            ("gamma-ok.yaml", "title: T\n".to_owned()),
            ("sites/a.yaml", format!("id: a\ntitle: A\nrooms: {value}\n")),
            ("sequences/s.yaml", SOUND.replace("phases:", "when: site.rooms >= 20\nphases:")),
        ];
        let loaded = load(&Memory::new(files)).expect("a manifest");
        let path = |finding: &gamma_ok::diag::Diagnostic| loaded.sources.get(finding.span.file).path.clone();
        let shown = |finding: &gamma_ok::diag::Diagnostic| {
            format!("{}: {}: {}", path(finding), finding.code, finding.help.as_deref().unwrap_or("-"))
        };
        loaded.findings.iter().map(shown).collect::<Vec<_>>()
    };
    for (value, cure) in [
        ("1,200", "`1200` or `1.200`"),
        ("1 200", "`1200`"),
        ("12k", "`12000`"),
        ("\"4\"", "write `4` without quotation marks"),
        ("ca. 40", "`40`"),
    ] {
        let found = told(value);
        assert!(
            matches!(&*found, [only] if only.starts_with("sites/a.yaml: untyped-value: ") && only.contains(cure)),
            "{value}: {found:?}"
        );
    }
    assert_eq!(told("40"), Vec::<String>::new());
    // What is a text and compared with a number is told where it is compared.
    assert!(matches!(&*told("forty"), [only] if only.starts_with("sequences/s.yaml: untyped-comparison")));
}

#[test]
fn a_copied_file_is_one_finding_at_the_copy() {
    for (copy, marked) in [
        ("sequences/s copy.yaml", true),
        ("sequences/s - kopia.yaml", true),
        ("sequences/a (1).yaml", true),
        ("sequences/z.yaml", true),
    ] {
        let files = [
            ("gamma-ok.yaml", "title: T\nlanguages: [en]\n".to_owned()),
            ("sequences/s.yaml", SOUND.to_owned()),
            (copy, SOUND.to_owned()),
        ];
        let loaded = load(&Memory::new(files)).expect("a manifest");
        let [only] = loaded.findings.as_slice() else { panic!("{copy}: {:?}", loaded.findings) };
        let path = |file| loaded.sources.get(file).path.as_str();
        assert_eq!(path(only.span.file), copy);
        assert_eq!(only.related.first().map(|other| path(other.span.file)), Some("sequences/s.yaml"));
        assert_eq!(only.help.as_deref().is_some_and(|help| help.contains("looks like a copy")), marked, "{copy}");
        assert_eq!(only.message.to_string(), "the id `s` is taken, and 4 more ids of this file");
    }
}

#[test]
fn swedens_letters_lead_to_the_tag_of_swedish() {
    let told = |manifest: &str| {
        let files = [("gamma-ok.yaml", manifest.to_owned()), ("sequences/s.yaml", SOUND.to_owned())];
        let loaded = load(&Memory::new(files)).expect("a manifest");
        loaded.findings.iter().map(|found| found.help.as_deref().unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told("title: T\nlanguages: [en, pl, se]\n"), ["write `sv`"]);
    assert_eq!(told("title: {en: T, se: Girji}\nlanguages: [en, se]\n"), Vec::<String>::new());
}

#[test]
fn a_chapter_without_a_translation_names_the_file_to_make() {
    let book = Book::sound()
        .edit("gamma-ok.yaml", "derive: false", "derive: false\nlanguages: [en, pl]")
        .with("chapters/01-welcome.md", "# Welcome\n\nHere is the shop.\n")
        .with("chapters/02-end.pl.md", "# Koniec\n\nTo wszystko.\n");
    book.run("check").prints("`chapters/01-welcome.pl.md`").prints("`chapters/02-end.md`");
}

#[test]
fn a_slip_is_told_once_where_it_stands_with_its_cure() {
    assert_eq!(found(SOUND), Vec::<String>::new());
    for (right, wrong, expected) in SLIPS {
        assert!(SOUND.contains(right), "{right}");
        assert_eq!(found(&SOUND.replacen(right, wrong, 1)), [*expected], "{wrong}");
    }
}

#[test]
fn no_word_of_a_text_is_taken_for_a_tag_or_a_reference() {
    // Each value of the file begins with a word that YAML has another use for; what is defined is not always used.
    for mark in ["!x ", "!", "&x ", "*x ", "!x &y ", "&x !y "] {
        for (at, _) in SOUND.match_indices(": ") {
            let value = &SOUND[at + 2..];
            if value.starts_with(['{', '[']) {
                continue;
            }
            let found = found(&format!("{}: {mark}{value}", &SOUND[..at]));
            let line = SOUND[..at].matches('\n').count() + 1;
            assert!(
                found.first().is_some_and(|first| first.starts_with(&format!("{line}: yaml-syntax"))),
                "{mark}{value:.20}: {found:?}"
            );
        }
    }
    // What is referred to stays, and what every YAML has too.
    let shared = SOUND
        .replace("text: The porter names", "text: &way The porter names")
        .replace("        trait: friendly\n        type: personal\n        level: basic\n        text: &", "        why: !!str To know the way\n        how: *way\n        trait: friendly\n        type: personal\n        level: basic\n        text: &");
    let shared = shared.replace("        how: *way\n", "") + "        how: *way\n";
    assert_eq!(found(&shared), Vec::<String>::new());
}

#[test]
fn a_tab_is_named_at_its_line_wherever_it_stands() {
    let lines: Vec<&str> = SOUND.lines().collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with(' ')) {
        let mut spoilt: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        spoilt[at] = format!("\t{}", line.trim_start());
        let found = found(&spoilt.join("\n"));
        assert!(
            found.first().is_some_and(|first| first.starts_with(&format!("{}: yaml-syntax: a tab is used", at + 1))),
            "line {}: {found:?}",
            at + 1
        );
    }
}

#[test]
fn a_language_by_three_letters_is_one_finding() {
    let world = Memory::new([
        ("gamma-ok.yaml".to_owned(), "title: T\nlanguages: [pl, eng]\n".to_owned()),
        (
            "sequences/s.yaml".to_owned(),
            SOUND.replace("{en: A stay}", "Pobyt").replace("{en: Check-in}", "Zameldowanie").replace("en:", "pl:"),
        ),
    ]);
    let loaded = load(&world).expect("a manifest");
    let all = gamma_ok::check::check(&loaded, &gamma_ok::method::standards(&loaded.book));
    let found: Vec<String> =
        all.iter().map(|finding| format!("{}: {}", finding.code, finding.help.as_deref().unwrap_or("-"))).collect();
    assert!(found.contains(&"unknown-language: write `en`".to_owned()), "{found:?}");
    assert!(!found.iter().any(|one| one.starts_with("missing-translation")), "{found:?}");
}

#[test]
fn expressions_that_would_fill_the_stack_or_the_memory_end_in_a_finding() {
    let conditions =
        ["-".repeat(20_000) + "1", "not ".repeat(30_000) + "1", vec!["1"; 100_000].join(" and "), "~".repeat(20_000)];
    for bomb in conditions {
        let found = found(&SOUND.replace("phases:", &format!("when: {bomb}\nphases:")));
        assert!(matches!(found.as_slice(), [only] if only.contains("expression-too-long")), "{:.60}: {found:?}", bomb);
    }
    let inside = [
        "-".repeat(5_000) + "1",
        vec!["1"; 10_000].join("+"),
        "a".to_owned() + &"|upper".repeat(8_000),
        "a".to_owned() + &".a".repeat(20_000),
    ];
    let mut patterns: Vec<String> = inside.iter().map(|inside| format!("{{{{ {inside} }}}}")).collect();
    patterns.push("{% set x = 'x' %}".to_owned() + &"{% set x = x ~ x %}".repeat(40) + "{{ x }}");
    patterns.push("{{ '%1000000000d'|format(1) }}".to_owned());
    patterns.push("{{ 'x' * 1000000000 }}".to_owned());
    patterns.push("{{ range(1000000000) }}".to_owned());
    for text in patterns {
        let world = Memory::new([
            ("gamma-ok.yaml".to_owned(), "title: T\nlanguages: [en]\n".to_owned()),
            ("sequences/s.yaml".to_owned(), SOUND.replace("[friendly]", "[friendly, own]")),
            (
                "traits/own.yaml".to_owned(),
                format!(
                    "traits:\n  - id: own\n    title: Own\n    patterns:\n      - {{id: a, type: personal, level: basic, text: \"{text}\"}}\n"
                ),
            ),
        ]);
        let loaded = load(&world).expect("a manifest");
        let found = gamma_ok::check::check(&loaded, &gamma_ok::method::standards(&loaded.book));
        assert!(found.iter().any(|finding| finding.code.word() == "bad-template"), "{text:.60}: {found:?}");
        assert!(!found.iter().any(|finding| finding.code.word() == "too-much-markdown"), "{text:.60}");
    }
}

#[test]
fn a_second_byte_order_mark_shifts_no_place() {
    for text in ["\u{feff}\u{feff}'8*{😀", "\u{feff}\u{feff}a: [b\nc: d\n", "\u{feff}\u{feff}\ta: {b"] {
        let fault = gamma_ok::source::yaml::parse(gamma_ok::source::FileId(0), text);
        if let Err(gamma_ok::source::yaml::YamlFault::Syntax { span, .. }) = fault {
            assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
        }
    }
}

/// What is found in a book of two sites, with that condition of a phase, and languages: `file:line: code`.
fn found_at_sites(sites: [&str; 2], when: &str, languages: &str) -> Vec<String> {
    let sequence =
        SOUND.replace("    title: {en: Check-in}\n", &format!("    title: {{en: Check-in}}\n    when: {when}\n"));
    let world = Memory::new([
        ("gamma-ok.yaml".to_owned(), format!("title: T\nlanguages: {languages}\n")),
        ("sequences/s.yaml".to_owned(), sequence),
        ("sites/a.yaml".to_owned(), format!("id: a\ntitle: A\n{}\n", sites[0])),
        ("sites/b.yaml".to_owned(), format!("id: b\ntitle: B\n{}\n", sites[1])),
    ]);
    let loaded = load(&world).expect("a manifest");
    let place = |finding: &gamma_ok::diag::Diagnostic| {
        let source = loaded.sources.get(finding.span.file);
        format!("{}:{}: {}", source.path, source.position(finding.span.start as usize).line, finding.code)
    };
    loaded.findings.iter().map(place).collect()
}

#[test]
fn an_attribute_is_of_one_kind_at_all_sites() {
    let sound = ["desks: 9\ncash: true", "desks: 6"];
    for when in ["site.desks >= 6", "site.cash and site.desks == 9"] {
        assert_eq!(found_at_sites(sound, when, "[en]"), Vec::<String>::new(), "{when}");
    }
    for value in ["two", "\"6\"", "ca 9", ">9", "8-10", "½", "IX"] {
        let sites = ["desks: 9", &format!("desks: {value}")];
        assert_eq!(found_at_sites(sites, "site.desks >= 6", "[en]"), ["sites/b.yaml:3: untyped-value"], "{value}");
    }
    for value in ["brak", "x", "finns", "\"true\"", "1"] {
        let sites = [&format!("cash: {value}"), "cash: false"];
        assert_eq!(found_at_sites(sites, "site.cash", "[en]"), ["sites/a.yaml:3: untyped-value"], "{value}");
    }
}

#[test]
fn a_condition_that_cannot_be_worked_out_is_told() {
    for when in ["site.desks | int >= 6", "site.id.startswith('a')", "site.desks + 'a' == 'x'", "site.desks.x > 2"] {
        let sites = ["desks: 9", "desks: 6"];
        let quoted = format!("\"{when}\"");
        assert_eq!(found_at_sites(sites, &quoted, "[en]"), ["sequences/s.yaml:6: bad-condition"], "{when}");
    }
}

#[test]
fn a_language_that_is_written_otherwise_is_one_finding() {
    for languages in ["[EN]", "[eng]", "[english]", "[en pl]", "[en; sv]"] {
        let found = found_at_sites(["", ""], "site.id == 'a'", languages);
        assert_eq!(found.iter().filter(|line| line.contains("unknown-language")).count(), 1, "{languages}: {found:?}");
    }
}

#[test]
fn a_key_without_a_value_is_told() {
    for (line, number) in [("critical: #true", 18), ("when:", 18), ("measure: ~", 18), ("why: # later", 18)] {
        let sequence = SOUND.replace(
            "        level: basic\n        text:\n",
            &format!("        level: basic\n        {line}\n        text:\n"),
        );
        let key = line.split(':').next().expect("a key");
        let found = found(&sequence.replace("        measure: {what: time, within: 10 s}\n", ""));
        let wanted = format!(
            "{}: wrong-type: `{key}` has no value | write the value, in quotation marks if it begins with `#`, or remove the key",
            number - 1
        );
        assert_eq!(found, [wanted], "{line}");
    }
}

#[test]
fn words_of_polish_and_swedish_lead_to_those_of_the_format() {
    for (right, written, help) in [
        ("traits: [friendly]", "traits: [przyjazny]", "`friendly`"),
        ("traits: [friendly]", "traits: [uprzejma]", "`friendly`"),
        ("traits: [friendly]", "traits: [rzetelny]", "`reliable`"),
        ("traits: [friendly]", "traits: [pomocny]", "`helpful`"),
        ("traits: [friendly]", "traits: [terminowy]", "`prompt`"),
        ("traits: [friendly]", "traits: [jasny]", "`clear`"),
        ("traits: [friendly]", "traits: [zorganizowany]", "`organised`"),
        ("traits: [friendly]", "traits: [punktualny]", "`prompt`"),
        ("traits: [friendly]", "traits: [tydliga]", "`clear`"),
        ("contact: face-to-face", "contact: twarzą w twarz", "`face-to-face`"),
        ("contact: face-to-face", "contact: webbsida", "`web`"),
        ("        level: basic\n", "        level: basic\n        status: wersja robocza\n", "`draft`"),
        ("        level: basic\n", "        level: basic\n        verify: fråga\n", "`ask`"),
        ("        level: basic\n", "        level: basic\n        kontroll: observe\n", "`verify`"),
        ("        level: basic\n", "        level: basic\n        gdy: site.a\n", "`when`"),
        ("        level: basic\n", "        level: basic\n        mów: [Hej]\n", "`say`"),
        ("        level: basic\n", "        level: basic\n        obraz: {file: a.png, alt: A}\n", "`image`"),
        ("        level: basic\n", "        level: basic\n        bild: {file: a.png, alt: A}\n", "`image`"),
    ] {
        assert!(SOUND.contains(right), "{right}");
        let told = found(&SOUND.replacen(right, written, 1));
        assert!(
            told.iter().any(|line| line.split(" | ").nth(1).is_some_and(|said| said.contains(help))),
            "{written}: {told:?}"
        );
    }
    for (written, help) in [
        ("kraj: PL", "`country`"),
        ("land: SE", "`country`"),
        ("reguły: {vague-word: off}", "`rules`"),
        ("branża: hotel", "`sector`"),
        ("sector: sklep", "`shop`"),
        ("sector: butik", "`shop`"),
        ("sector: urząd", "`public-office`"),
        ("sector: szkoła", "`school`"),
        ("sector: skola", "`school`"),
        ("sector: przychodnia", "`medical`"),
        ("sector: vårdcentral", "`medical`"),
        ("sector: kancelaria", "`law-office`"),
    ] {
        let files = [("gamma-ok.yaml", format!("title: T\n{written}\n")), ("sequences/s.yaml", SOUND.to_owned())];
        let loaded = load(&Memory::new(files)).expect("a manifest");
        let helps: Vec<String> =
            loaded.findings.iter().filter_map(|found| Some(found.help.as_ref()?.to_string())).collect();
        assert!(helps.iter().any(|said| said.contains(help)), "{written}: {helps:?}");
    }
    // A title of the library's role, though the book's own roles have none in that language.
    let roles = "roles:\n  - {id: doctor, title: {en: Doctor}}\n".to_owned();
    let text = SOUND.replacen("        level: basic\n", "        level: basic\n        role: lekarz\n", 1);
    let files = [("gamma-ok.yaml", "title: T\n".to_owned()), ("roles.yaml", roles), ("sequences/s.yaml", text)];
    let loaded = load(&Memory::new(files)).expect("a manifest");
    assert!(
        loaded.findings.iter().any(|found| found.help.as_deref() == Some("did you mean `doctor`?")),
        "{:?}",
        loaded.findings
    );
}

#[test]
fn a_chapter_beyond_bounds_is_told_and_not_looked_into() {
    let book = Book::sound();
    let findings = |book: &Book| book.run("check --format json").ends(1).stdout();
    // A picture that says nothing would be a finding of each line.
    let long = book.with("chapters/long.md", "![](images/none.png)\n\n".repeat(20_000));
    assert!(findings(&long).contains("longer than 256 KiB") && !findings(&long).contains("none.png"));
    let lines = long.with("chapters/long.md", "![](images/none.png)\n\n".repeat(9_000));
    assert!(findings(&lines).contains("this chapter has more than") && !findings(&lines).contains("none.png"));
}

#[test]
fn links_are_counted_over_the_whole_book() {
    let links = |count| "[a](https://b.c)\n\n".repeat(count);
    let book = Book::sound().with("chapters/a.md", links(2_600)).with("chapters/b.md", links(2_000));
    book.run("check").omits("more than").ends(0);
    let book = book.with("chapters/c.md", links(2_000)).with("chapters/d.md", links(7_000));
    let found = book.run("check --format json").ends(1).stdout();
    assert_eq!(found.matches("book-too-large").count(), 1, "{found}");
    assert!(found.contains("links") && found.contains("chapters/c.md"), "{found}");
}
