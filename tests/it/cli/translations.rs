//! Texts go out to translators and come back.

use crate::support::Book;

const SEQUENCE: &str = "sequences/visit.yaml";

/// The file that went out with translations in it: of each unit without one, its source with a word before it.
fn filled(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        out.push_str(line);
        let source = line.trim().strip_prefix("<source>").and_then(|rest| rest.strip_suffix("</source>"));
        if let Some(source) = source {
            out.push_str(&format!("        <target>SV {source}</target>\n"));
        }
    }
    out
}

#[test]
fn what_a_language_lacks_goes_out_and_comes_back() {
    let book = Book::sound().edit("gamma-ok.yaml", "languages: [en, pl]", "languages: [en, pl, sv]");
    book.run("export xliff --lang sv -o out.xlf").ends(0).says("texter utan `sv`: 22");
    let sent = book.read("out.xlf");
    let units = sent.matches("<unit ").count();
    assert!(units > 10 && sent.contains("srcLang=\"en\" trgLang=\"sv\""), "{sent}");
    book.run("export xliff --lang sv --from pl").ends(0).prints("srcLang=\"pl\"");
    book.run("export xliff --lang en").ends(2).says("cannot be translated into itself");
    book.run("import out.xlf").ends(0).prints_nothing().says("texts as they went out");
    let book = book.with("back.xlf", filled(&sent));
    let before = book.read(SEQUENCE);
    book.run("import back.xlf --dry-run").ends(0).prints("+");
    assert_eq!(book.read(SEQUENCE), before);
    book.run("import back.xlf").ends(0).prints(SEQUENCE).says(&format!("{units} translations"));
    let after = book.read(SEQUENCE);
    assert!(after.contains("sv: SV The seller greets the shopper within 10 seconds."), "{after}");
    // Whatever stood there stands there.
    let mut rest = after.as_str();
    for line in before.lines().filter(|line| !line.contains('{')) {
        let at = rest.find(line).unwrap_or_else(|| panic!("{line} in {after}"));
        rest = &rest[at + line.len()..];
    }
    book.run("check").ends(0);
    book.run("import back.xlf").ends(0).prints_nothing();
    book.run("export xliff --lang sv").ends(0).prints_nothing().says("inget att översätta");
}

#[test]
fn what_is_older_than_its_text_goes_out_and_what_changed_meanwhile_is_asked_about() {
    let book = Book::sound().commit("one").edit(SEQUENCE, "within 10 seconds.", "within 8 seconds.");
    let sent = book.run("export xliff --lang pl").ends(0).says("tłumaczeń starszych od swoich tekstów: 1").stdout();
    assert!(sent.contains("within 10 seconds") && sent.contains("<target>Sprzedawca wita klienta"), "{sent}");
    let back = sent.replace(
        "<target>Sprzedawca wita klienta w ciągu 10 sekund.",
        "<target>Sprzedawca wita klienta w ciągu 8 sekund.",
    );
    let book = book.with("sent.xlf", &sent).with("back.xlf", &back);
    book.run("import sent.xlf").ends(0).prints_nothing();
    let changed = book.edit(SEQUENCE, "within 8 seconds.", "within 6 seconds.");
    let run = changed.run("import back.xlf").ends(1);
    let run = run.prints("within 8 seconds.").prints("within 6 seconds.").prints("w ciągu 8 sekund.");
    run.says("nothing of it was taken").prints("back.xlf:");
    assert!(changed.read(SEQUENCE).contains("10 sekund"));
    let json = changed.run("import back.xlf --dry-run --format json").ends(1).json();
    assert_eq!(json["conflicts"].as_array().map(Vec::len), Some(1), "{json}");
    let book = changed.edit(SEQUENCE, "within 6 seconds.", "within 8 seconds.");
    book.run("import back.xlf").ends(0).prints(SEQUENCE);
    assert!(book.read(SEQUENCE).contains("pl: Sprzedawca wita klienta w ciągu 8 sekund."));
}
