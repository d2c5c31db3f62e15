//! In which language the program speaks.

use crate::support::{Book, Run, program};

/// A run in a locale.
fn run(book: &Book, locale: &str, arguments: &str) -> Run {
    Run::of(program(book.path()).env("LC_ALL", locale).args(arguments.split_whitespace()))
}

fn broken() -> Book {
    Book::sound().edit("sequences/visit.yaml", "traits:", "triats:")
}

#[test]
fn findings_follow_the_locale() {
    run(&broken(), "pl_PL.UTF-8", "check")
        .ends(1)
        .prints("błąd: nieznany klucz `triats`")
        .prints("= rada: czy chodziło o `traits`?");
    run(&broken(), "sv_SE.UTF-8", "check")
        .ends(1)
        .prints("fel: `triats` är ingen nyckel")
        .prints("= råd: menade du `traits`?");
    run(&broken(), "C", "check")
        .ends(1)
        .prints("error: `triats` is not a key")
        .prints("= help: did you mean `traits`?");
    run(&broken(), "de_DE.UTF-8", "check").ends(1).prints("error: `triats` is not a key");
}

#[test]
fn an_option_goes_before_the_locale() {
    run(&broken(), "sv_SE.UTF-8", "check --lang pl").ends(1).prints("błąd: nieznany klucz `triats`");
    run(&broken(), "pl_PL.UTF-8", "--lang en check").ends(1).prints("error: `triats` is not a key");
    run(&broken(), "C", "check --lang xx").ends(2).says("gamma-ok does not speak `xx`");
}

#[test]
fn programs_read_english_unless_asked() {
    for form in ["json", "sarif", "github", "junit"] {
        run(&broken(), "pl_PL.UTF-8", &format!("check --format {form}"))
            .ends(1)
            .prints("`triats` is not a key")
            .omits("nieznany");
        run(&broken(), "C", &format!("check --format {form} --lang pl")).ends(1).prints("nieznany klucz `triats`");
    }
}

#[test]
fn rules_are_explained_in_the_language_of_the_reader() {
    let book = Book::empty();
    run(&book, "pl_PL.UTF-8", "explain vague-word")
        .ends(0)
        .prints("## Zamiast")
        .prints("Kto sprawdza standard")
        .omits("Whoever");
    run(&book, "sv_SE.UTF-8", "explain").ends(0).prints("Ordval").omits("Wording");
    run(&book, "pl_PL.UTF-8", "explain vague-wrd")
        .ends(2)
        .says("błąd: nie ma reguły `vague-wrd`")
        .says("rada: czy chodziło o `vague-word`?");
}

#[test]
fn help_and_wrong_usage_are_in_the_language_of_the_reader() {
    let book = Book::empty();
    run(&book, "pl_PL.UTF-8", "check --help")
        .ends(0)
        .prints("Użycie: gamma-ok check")
        .omits("Options")
        .omits("possible values");
    // What stands in a place is told in the order of the places.
    let text = run(&book, "pl_PL.UTF-8", "move --help").ends(0).stdout();
    let place = |name: &str| text.find(&format!("\n          {name}")).unwrap_or_else(|| panic!("no {name} in {text}"));
    assert!(place("Id standardu") < place("Id fazy"), "{text}");
    run(&book, "sv_SE.UTF-8", "--help").ends(0).prints("Användning: gamma-ok").prints("Kommandon:").omits("Usage");
    run(&book, "sv_SE.UTF-8", "chekc").ends(2).says("fel: det finns inget kommando `chekc`").says("menade du `check`?");
    run(&book, "pl_PL.UTF-8", "check --formt json")
        .ends(2)
        .says("nie ma tu opcji `--formt`")
        .says("czy chodziło o `--format`?");
}

/// Before the command or after it, the option means messages, and documents where there are any.
#[test]
fn the_option_means_messages_and_documents_on_either_side() {
    let book = Book::sound();
    let none = "--phase arrival --level exclusive --type product";
    for arguments in [format!("checklist --lang pl {none}"), format!("--lang pl checklist {none}")] {
        run(&book, "sv_SE.UTF-8", &arguments).ends(0).says("żaden standard nie pasuje").prints("Lista kontrolna");
    }
    // A language of the book's that the program does not speak leaves messages to the locale.
    let german = Book::sound().edit("gamma-ok.yaml", "languages: [en, pl]", "languages: [en, pl, de]");
    for arguments in [format!("checklist --lang de {none}"), format!("--lang de checklist {none}")] {
        run(&german, "pl_PL.UTF-8", &arguments).ends(0).says("żaden standard nie pasuje");
    }
    run(&german, "C", "--lang de check").ends(2).says("gamma-ok does not speak `de`");
}

#[test]
fn before_init_the_option_leaves_the_book_alone() {
    let folder = Book::empty();
    let said = run(&folder, "C", "--lang pl init early").ends(0).stderr();
    assert!(said.contains("`--lang pl`") && said.contains("`init`") && !said.contains("a book of"), "{said}");
    assert!(!folder.read("early/gamma-ok.yaml").contains("languages: [pl"));
    run(&folder, "C", "init late --lang pl").ends(0).says("`gamma-ok check`");
    assert!(folder.read("late/gamma-ok.yaml").contains("languages: [pl"), "{}", folder.read("late/gamma-ok.yaml"));
    // Without the option the book is English wherever it is made, and who reads something else is told so.
    run(&folder, "pl_PL.UTF-8", "init place")
        .ends(0)
        .says("książka jest w języku `en`")
        .says("wpisz `--lang pl` za `init`");
    run(&folder, "sv_SE.UTF-8", "init plats --sector shop").ends(0).says("boken är på `en`").says("`--lang sv`");
    assert!(!folder.read("place/gamma-ok.yaml").contains("languages: [pl"));
    for (locale, arguments) in
        [("pl_PL.UTF-8", "init own --lang pl"), ("C", "init plain"), ("pl_PL.UTF-8", "init de --lang de")]
    {
        let said = run(&folder, locale, arguments).ends(0).stderr();
        assert!(!said.contains("`--lang"), "{arguments}: {said}");
    }
}

#[test]
fn one_view_is_in_one_language_where_the_book_has_it() {
    let book = Book::example("hotel-wisla");
    run(&book, "pl_PL.UTF-8", "show check-in").ends(0).prints("Zameldowanie").omits("Check-in");
    run(&book, "en_GB.UTF-8", "show check-in").ends(0).prints("Check-in").omits("Zameldowanie");
    // A language that the book lacks leaves its texts in its first; an option goes before everything.
    run(&book, "sv_SE.UTF-8", "show check-in").ends(0).prints("Check-in");
    run(&book, "pl_PL.UTF-8", "show check-in --lang en").ends(0).prints("Check-in").omits("Zameldowanie");
}

#[test]
fn help_says_what_a_command_does_and_gives_no_orders() {
    let book = Book::empty();
    for (locale, ends) in [("pl_PL.UTF-8", &["a", "e", "i", "y"][..]), ("sv_SE.UTF-8", &["r"][..])] {
        let help = run(&book, locale, "--help").ends(0).stdout();
        let lines =
            help.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ") && !line.starts_with("  -"));
        let told: Vec<&str> =
            lines.filter_map(|line| line.trim().split_once("  ")).map(|(_, about)| about.trim()).collect();
        assert!(told.len() > 20, "{help}");
        for about in told {
            // Some begin with what the command is about, before a colon.
            if about.split_once(": ").is_some_and(|(before, _)| before.split(' ').count() <= 2) {
                continue;
            }
            let verb = about.split(' ').next().unwrap_or_default().trim_matches(|letter: char| !letter.is_alphabetic());
            assert!(ends.iter().any(|end| verb.ends_with(end)), "{locale}: {about}");
        }
    }
}
