//! `design`: the method's questions, one line at a time; from a pipe, and through a real terminal.

use std::io::Write;
use std::process::Stdio;

use crate::support::{Book, Run, program};

/// A book with a trait of its own that has one pattern, and nothing designed yet.
fn fresh() -> Book {
    Book::empty()
        .with(
            "gamma-ok.yaml",
            "# Our shop.\ntitle: Corner shop\nlanguages: [en]\nderive: false\ncustomer:\n  en: {one: shopper, many: shoppers, possessive: \"shopper's\"}\n",
        )
        .with(
            "traits/own.yaml",
            "traits:\n  - id: aaa-warm\n    title: Warm\n    question: Am I welcome?\n    patterns:\n      - id: greet\n        type: personal\n        level: basic\n        \
             text: The {{ staff.one }} greets the {{ customer.one }} within 10 seconds.\n        measure: {what: time to greeting, within: 10 s}\n        \
             say: [Good morning]\n",
        )
}

/// The number of a trait in the list that is offered.
fn number(book: &Book, id: &str) -> usize {
    let world = gamma_ok::source::Disk::new(book.path(), Default::default()).expect("the folder");
    let loaded = gamma_ok::book::load(&world).expect("a book").book;
    loaded.traits.iter().position(|one| one.id.name == id).expect("the trait") + 1
}

/// A run of `design` that is given these lines.
fn answered(book: &Book, arguments: &[&str], lines: &[&str]) -> Run {
    let mut answers = tempfile::tempfile().expect("a file");
    answers.write_all((lines.join("\n") + "\n").as_bytes()).expect("written");
    std::io::Seek::rewind(&mut answers).expect("rewound");
    Run::of(program(book.path()).arg("design").args(arguments).stdin(Stdio::from(answers)))
}

const FRAME: [&str; 12] = [
    "Front office",
    "A visit",
    "Arrival",
    "Payment: cash, card",
    "",
    // Arrival: one step, met face to face, a moment of truth.
    "The shopper comes in",
    "1",
    "1",
    "",
    // Payment: not divided into steps.
    "",
    // The traits of Arrival: what is meant?
    "?",
    ".",
];

#[test]
fn a_design_is_left_and_taken_up_again_and_ends_in_a_sound_book() {
    let book = fresh();
    let first = answered(&book, &[], &FRAME).ends(0);
    first
        .prints("Every answer is saved at once.")
        .prints("which general traits of service")
        .prints("Choose two or three for each phase")
        .prints("would strengthen the customer's experience")
        .prints("Warm: Am I welcome?")
        .prints("`a-visit`: 0 of 0 cells filled.")
        .says("go on with `gamma-ok check`");
    assert!(book.read("gamma-ok.yaml").starts_with("# Our shop.\ntitle: Corner shop\nlanguages: [en]\n"));
    assert_eq!(
        book.read("sequences/a-visit.yaml"),
        "id: a-visit\ntitle: A visit\narea: front-office\nphases:\n  - id: arrival\n    title: Arrival\n    steps:\n      - id: the-shopper-comes-in\n        \
         title: The shopper comes in\n        contact: face-to-face\n        moment-of-truth: true\n  - id: payment-cash-card\n    title: \"Payment: cash, card\"\n"
    );
    let warm = number(&book, "aaa-warm").to_string();
    let rest = [
        "",
        "",
        "",
        "",
        // Traits of Arrival, with a reason; those of Payment later.
        warm.as_str(),
        "The first look decides.",
        "",
        // Arrival aims at basic.
        "1",
        // Personal: the proposal. Product: one's own, which is vague at first. Procedural: blank.
        "x",
        "1",
        "1",
        "The shelves are nice and clean.",
        "Every shelf bears the price of each article.",
        "1",
        "2",
        "The till records it.",
    ];
    let second = answered(&book, &[], &rest).ends(0);
    second
        .prints("Arrival · Warm · personal · basic  (0/3)")
        .prints("Type numbers from 1 to 4, joined by commas.")
        .prints("1  The employee greets the shopper within 10 seconds.")
        .prints("vague-word: ")
        .prints("There is nothing left to ask.")
        .prints("`a-visit`: 3 of 3 cells filled.");
    let sequence = book.read("sequences/a-visit.yaml");
    for line in [
        "    traits:\n      - trait: aaa-warm\n        why: The first look decides.\n    target: basic\n",
        "      - id: arrival-aaa-warm-greet\n        was: [arrival.aaa-warm.greet]\n        trait: aaa-warm\n",
        "        text: The employee greets the shopper within 10 seconds.\n",
        "        say:\n          - Good morning\n",
        "      - id: every-shelf-bears-the-price-of\n        step: the-shopper-comes-in\n        trait: aaa-warm\n        type: product\n        level: basic\n        \
         text: Every shelf bears the price of each article.\n",
        "    waive:\n      - trait: aaa-warm\n        type: procedural\n        level: basic\n        why: The till records it.\n",
    ] {
        assert!(sequence.contains(line), "{line}\n---\n{sequence}");
    }
    assert!(!sequence.contains("status:") && !sequence.contains("clean"), "{sequence}");
    book.run("check").ends(0);
    book.run("manual").ends(0).prints("Every shelf bears the price of each article.");
}

#[test]
fn a_proposal_is_changed_with_its_figure_and_the_other_language_is_asked_for() {
    let book = fresh()
        .edit("gamma-ok.yaml", "languages: [en]", "languages: [en, pl]")
        .edit("gamma-ok.yaml", "possessive: \"shopper's\"}", "possessive: \"shopper's\"}\n  pl: {nom: klient}")
        .with(
            "sequences/visit.yaml",
            "id: visit\nphases:\n\n  - id: arrival   # the first\n    traits: [aaa-warm]\n    target: basic\n    standards: []\n\n  - id: last\n    traits: [aaa-warm]\n",
        );
    let answers =
        ["", "2", "The employee greets the shopper within 5 seconds.", "Pracownik wita klienta w ciągu 5 sekund.", "."];
    answered(&book, &["arrival"], &answers).ends(0).prints("The same in `pl`").prints("(0/3)");
    let sequence = book.read("sequences/visit.yaml");
    assert!(sequence.starts_with("id: visit\nphases:\n\n  - id: arrival   # the first\n    traits: [aaa-warm]\n    target: basic\n    standards:\n      - id: arrival-aaa-warm-greet\n"), "{sequence}");
    assert!(sequence.contains("          en: The employee greets the shopper within 5 seconds.\n          pl: Pracownik wita klienta w ciągu 5 sekund.\n"), "{sequence}");
    assert!(sequence.contains("          within: 5 s\n"), "{sequence}");
    assert!(sequence.ends_with("\n\n  - id: last\n    traits: [aaa-warm]\n"), "{sequence}");
    book.run("check").ends(0).omits("measure-mismatch");
}

#[test]
fn a_dry_run_writes_nothing_and_shows_what_it_would() {
    let book = fresh();
    let before = (book.files(""), book.read("gamma-ok.yaml"));
    answered(&book, &["--dry-run"], &FRAME)
        .ends(0)
        .prints("+++ b/sequences/a-visit.yaml")
        .prints("+areas:")
        .prints("+  - id: arrival");
    assert_eq!((book.files(""), book.read("gamma-ok.yaml")), before);
}

#[test]
fn what_cannot_be_designed_is_said() {
    Book::empty().run("design").ends(2).says("gamma-ok init");
    fresh().run("design arival").ends(2).says("arival");
    fresh().with("sequences/x.yaml", "id: x\nphasses: []\n").run("design").ends(1).says("did you mean `phases`?");
    let brackets =
        fresh().with("sequences/visit.yaml", "{id: visit, phases: [{id: a, traits: [aaa-warm], target: basic}]}\n");
    answered(&brackets, &["a"], &["", "1"]).ends(2).says("stands in brackets");
    // Without an answer nothing is asked twice and nothing is written.
    let book = fresh();
    let files = book.files("");
    book.run("design").ends(0);
    assert_eq!(book.files(""), files);
}

#[cfg(unix)]
mod terminal {
    use super::*;
    use rexpect::session::{PtySession, spawn_command};

    /// Patience with a busy machine, in milliseconds.
    const PATIENCE: u64 = 60_000;

    fn start(book: &Book, arguments: &[&str]) -> PtySession {
        let mut command = program(book.path());
        command.arg("design").args(arguments).env("TERM", "xterm").env_remove("NO_COLOR");
        // The terminal takes the place of what `program` gives for input.
        command.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit());
        spawn_command(command, Some(PATIENCE)).expect("a terminal")
    }

    /// Waits for a question and its prompt, and answers. What is typed before the prompt stands would be taken by the
    /// terminal, not by the program.
    fn answer(session: &mut PtySession, question: &str, prompt: &str, answer: &str) -> String {
        // What comes back is read a byte a letter.
        let question: String = question.bytes().map(char::from).collect();
        let question = question.as_str();
        let mut before = session.exp_string(question).unwrap_or_else(|error| panic!("{question}: {error}"));
        before += &session.exp_string(prompt).unwrap_or_else(|error| panic!("{prompt}: {error}"));
        session.send_line(answer).expect("sent");
        before
    }

    #[test]
    fn a_proposal_comes_up_in_the_line_to_be_changed() {
        let book = fresh().with(
            "sequences/visit.yaml",
            "id: visit\nphases:\n  - id: arrival\n    traits: [aaa-warm]\n    target: basic\n",
        );
        let mut session = start(&book, &["arrival"]);
        answer(&mut session, "which step comes first?", "> ", "");
        answer(&mut session, "leave it blank, for a reason", "> ", "2");
        // Ctrl-W takes the last word away, as in a shell.
        let line = "> The employee greets the shopper within 10 seconds.";
        answer(&mut session, "The standard, in `en`:", line, "\u{17}\u{17}12 seconds.");
        session.exp_string("(1/3)").expect("the next cell");
        session.exp_string("> ").expect("its prompt");
        session.send_control('d').expect("sent");
        session.exp_string("1 of 3 cells filled").expect("the end");
        session.exp_eof().expect("it ends");
        let sequence = book.read("sequences/visit.yaml");
        assert!(sequence.contains("text: The employee greets the shopper within 12 seconds.\n"), "{sequence}");
        assert!(sequence.contains("within: 12 s\n"), "{sequence}");
    }

    #[test]
    fn it_speaks_the_readers_language_and_nothing_is_redrawn_but_the_line() {
        for (language, area, sequence) in [
            ("pl", "Jak nazywa się obszar obsługi?", "Jak nazywa się sekwencja obsługi?"),
            ("sv", "Vad heter tjänsteområdet?", "Vad heter servicesekvensen?"),
        ] {
            let book = fresh();
            let mut session = start(&book, &["--lang", language]);
            let first = answer(&mut session, area, "> ", "Recepcja");
            let second = answer(&mut session, sequence, "> ", "");
            for shown in [first, second] {
                let redrawn =
                    ["\u{1b}[2J", "\u{1b}[H", "\u{1b}[A", "\u{1b}[1A"].iter().any(|code| shown.contains(code));
                assert!(!redrawn, "lines above are redrawn: {shown:?}");
            }
            session.exp_eof().expect("it ends");
            assert!(book.read("gamma-ok.yaml").contains("areas:\n  - id: recepcja\n    title: Recepcja\n"));
        }
    }

    #[test]
    fn a_dumb_terminal_reads_plain_lines() {
        let book = fresh();
        let mut command = program(book.path());
        command.arg("design").env("TERM", "dumb");
        command.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit());
        let mut session = spawn_command(command, Some(PATIENCE)).expect("a terminal");
        let before = answer(&mut session, "What is the service area called?", "> ", "Front office");
        assert!(!before.contains('\u{1b}'), "{before:?}");
        answer(&mut session, "What is the service sequence called?", "> ", ".");
        session.exp_eof().expect("it ends");
        assert!(book.read("gamma-ok.yaml").contains("id: front-office"));
    }
}

#[test]
fn what_was_said_before_the_end_is_kept() {
    let begun = ["", "A visit", "Arrival", "", "The shopper comes in"];
    for more in [&[][..], &["1"], &["1", "1"]] {
        let book = fresh();
        answered(&book, &[], &[&begun[..], more].concat()).ends(0);
        let sequence = book.read("sequences/a-visit.yaml");
        assert!(sequence.contains("The shopper comes in"), "{more:?}: {sequence}");
        assert_eq!(sequence.contains("contact:"), !more.is_empty(), "{more:?}: {sequence}");
    }
    let book = fresh();
    answered(&book, &[], &["", "\u{feff}A visit", "."]).ends(0);
    assert!(!book.read("sequences/a-visit.yaml").contains('\u{feff}'));
    let sequence = "id: visit\nphases:\n  - id: arrival\n    title: Arrival\n    traits: [aaa-warm]\n    target: basic\n    \
                    steps:\n      - id: come\n        customer: Comes in\n";
    let book = fresh().with("sequences/visit.yaml", sequence);
    answered(&book, &["arrival"], &["3", "The employee greets the shopper within 7 seconds."]).ends(0);
    let sequence = book.read("sequences/visit.yaml");
    assert!(sequence.contains("within 7 seconds"), "{sequence}");
}

#[test]
fn any_answer_can_be_taken_back_with_what_came_of_it() {
    let book = fresh();
    let files = book.files("");
    let manifest = book.read("gamma-ok.yaml");
    // Nothing to go back to; an area and a sequence that are both taken back, with the file that was made.
    answered(&book, &[], &["<", "Front office", "A visit", "<", "back", "", "."])
        .ends(0)
        .prints("This is the first question.");
    assert_eq!((book.files(""), book.read("gamma-ok.yaml")), (files, manifest));
    // In the middle of a step: its contact again, then its title; the phases stay.
    let lines =
        ["", "A visit", "Arrival", "Leaving", "<", "Payment", "", "Comes", "1", "1", "<", "<", "2", "<", "<", "Enters"];
    answered(&book, &[], &[&lines[..], &["3", "", "."]].concat()).ends(0);
    assert_eq!(
        book.read("sequences/a-visit.yaml"),
        "id: a-visit\ntitle: A visit\nphases:\n  - id: arrival\n    title: Arrival\n    steps:\n      - id: enters\n        \
         title: Enters\n        contact: email\n  - id: payment\n    title: Payment\n"
    );
}

#[test]
fn a_proposal_that_was_taken_back_leaves_the_file_as_it_was() {
    let text = "id: visit\nphases:\n  - id: arrival # first\n    steps: [{id: come, title: Comes}]\n    traits: [aaa-warm]\n    target: basic\n";
    for dry in [&["arrival"][..], &["arrival", "--dry-run"]] {
        let book = fresh().with("sequences/visit.yaml", text);
        let run = answered(&book, dry, &["1", "<", "3", "<", "."]).ends(0);
        assert_eq!(book.read("sequences/visit.yaml"), text);
        run.prints("0 of 3 cells filled").omits("+++");
    }
}

#[test]
fn every_language_of_the_book_is_asked_for_wherever_a_text_is() {
    let book = fresh().edit("gamma-ok.yaml", "languages: [en]", "languages: [en, pl]");
    let frame = [
        "Front office",
        "Recepcja",
        "A visit",
        "Wizyta",
        "Arrival",
        "Wejście",
        "",
        "Comes in",
        "Wchodzi",
        "",
        "",
        "1",
        "It counts.",
        "To ważne.",
        "1",
    ];
    answered(&book, &[], &[&frame[..], &["4", "No need.", "Nie trzeba."]].concat()).ends(0);
    let sequence = book.read("sequences/a-visit.yaml");
    for written in [
        "title:\n  en: A visit\n  pl: Wizyta\n",
        "        title:\n          en: Comes in\n          pl: Wchodzi\n",
        "        why:\n          en: It counts.\n          pl: To ważne.\n",
        "        why:\n          en: No need.\n          pl: Nie trzeba.\n",
    ] {
        assert!(sequence.contains(written), "{written}---\n{sequence}");
    }
    assert!(book.read("gamma-ok.yaml").contains("    title:\n      en: Front office\n      pl: Recepcja\n"));
}

#[test]
fn nothing_that_was_said_is_lost_at_a_stop() {
    let start = "id: visit\nphases:\n  - id: arrival\n    title: Arrival\n";
    // Between the languages of a text, between the reasons of traits, before the way in which a figure bounds.
    let book =
        fresh().edit("gamma-ok.yaml", "languages: [en]", "languages: [en, pl]").with("sequences/visit.yaml", start);
    answered(&book, &["arrival"], &["Comes in"]).ends(0);
    assert!(book.read("sequences/visit.yaml").contains("title: Comes in\n"));
    let book = fresh().with("sequences/visit.yaml", start);
    answered(&book, &["arrival"], &["", "1, 2"]).ends(0);
    assert!(book.read("sequences/visit.yaml").contains("traits: [aaa-warm, "), "{}", book.read("sequences/visit.yaml"));
    let begun = format!("{start}    traits: [aaa-warm]\n    target: basic\n");
    let book = fresh().with("sequences/visit.yaml", begun);
    answered(&book, &["arrival"], &["", "3", "The hall is at 18 °C.", "temperature"]).ends(0);
    assert!(book.read("sequences/visit.yaml").contains("at-least: 18 °C\n"), "{}", book.read("sequences/visit.yaml"));
}

#[test]
fn filled_cells_are_offered_again_when_nothing_is_open() {
    let text = "id: visit\nphases:\n  - id: arrival\n    title: Arrival\n    steps: [{id: come, title: Comes}]\n    traits: [aaa-warm]\n    target: basic\n    \
                standards:\n      # by the door\n      - id: greet\n        trait: aaa-warm\n        type: personal\n        level: basic\n        \
                text: The employee greets the shopper within 10 seconds.\n        measure: {what: time to greeting, within: 10 s}\n    \
                waive:\n      - {trait: aaa-warm, type: product, level: basic, why: Nothing.}\n      - {trait: aaa-warm, type: procedural, level: basic, why: Nothing.}\n";
    let book = fresh().with("sequences/visit.yaml", text);
    let run =
        answered(&book, &["arrival"], &["1", "1", "The employee greets the shopper within 7 seconds.", ""]).ends(0);
    run.prints("There is nothing left to ask.").prints("1  Arrival · Warm · personal · basic: The employee greets");
    let after = text.replace("within 10 seconds.", "within 7 seconds.").replace("within: 10 s", "within: 7 s");
    assert_eq!(book.read("sequences/visit.yaml"), after);
    // What was worded anew can be taken back too.
    answered(&book, &["arrival"], &["1", "1", "The employee waves within 5 seconds.", "<", "."]).ends(0);
    assert_eq!(book.read("sequences/visit.yaml"), after);
}

#[test]
fn a_cell_that_was_left_blank_is_opened_again_and_asked_about() {
    let start = "id: visit\nphases:\n  - id: arrival\n    title: Arrival\n    steps: [{id: come, title: Comes}]\n    traits: [aaa-warm]\n    target: basic\n    \
                 standards:\n      - id: greet\n        trait: aaa-warm\n        type: personal\n        level: basic\n        \
                 text: The employee greets the shopper within 10 seconds.\n        measure: {within: 10 s}\n    \
                 waive:\n";
    let product =
        "      # agreed in March\n      - {trait: aaa-warm, type: product, level: basic, why: Nothing to see.}\n";
    let procedural =
        "      - trait: aaa-warm\n        type: procedural\n        level: basic\n        why: No order.\n";
    let end = "    wants: A smile # kept\n";
    let book = fresh().with("sequences/visit.yaml", format!("{start}{product}{procedural}{end}"));
    // Looked at, and left as it is.
    let run = answered(&book, &["arrival"], &["2", "", ""]).ends(0);
    let run = run.prints("2  Arrival · Warm · product · basic: left blank (Nothing to see.)");
    run.prints("It was left blank: Nothing to see. Enter: it stays so.").prints("1  open it again");
    assert_eq!(book.read("sequences/visit.yaml"), format!("{start}{product}{procedural}{end}"));
    // Opened again, and taken back.
    answered(&book, &["arrival"], &["2", "1", "<", "."]).ends(0);
    assert_eq!(book.read("sequences/visit.yaml"), format!("{start}{product}{procedural}{end}"));
    // Opened again: the question is the usual one.
    let run = answered(&book, &["arrival"], &["2", "1", "1", "The door is open.", ""]).ends(0);
    run.prints("Arrival · Warm · product · basic  (2/3)").prints("The library has no proposal.");
    let after = book.read("sequences/visit.yaml");
    assert!(
        after.contains("        text: The door is open.\n")
            && after.contains(&format!("    waive:\n{procedural}{end}")),
        "{after}"
    );
    // The last blank takes the key with it, and is told by what else it leaves blank.
    answered(&book, &["arrival"], &["3", "1", "."]).ends(0).prints("1  open it again\n");
    let after = book.read("sequences/visit.yaml");
    assert!(!after.contains("waive") && after.contains(end), "{after}");
}

#[test]
fn what_steers_a_terminal_is_no_part_of_an_answer_and_what_is_no_text_is_told() {
    let book = fresh();
    answered(&book, &[], &["Front\u{7} office", "\u{1b}[31mA visit", "."]).ends(0);
    assert!(book.read("gamma-ok.yaml").contains("title: Front  office\n"), "{}", book.read("gamma-ok.yaml"));
    assert!(book.read("sequences/31ma-visit.yaml").contains("[31mA visit"));
    let mut answers = tempfile::tempfile().expect("a file");
    answers.write_all(b"\xff\xfe\n").expect("written");
    std::io::Seek::rewind(&mut answers).expect("rewound");
    let run = Run::of(program(book.path()).args(["--lang", "pl", "design"]).stdin(Stdio::from(answers)));
    run.ends(2).says("odpowiedzi nie można odczytać: nie są tekstem UTF-8");
}
