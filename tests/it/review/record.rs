//! Filling a review in: by hand, on a page, in Markdown, in a workbook; in three languages. The same decisions come out.

#[cfg(unix)]
use std::process::Stdio;

use calamine::{Data, Reader, Xlsx};
use gamma_ok::book::Language;
use gamma_ok::language::Interface;
use rust_xlsxwriter::Workbook;
use serde_json::json;

use super::{DAY, book, decisions, verdict};
use crate::support::Book;

/// A book with an open review.
fn opened(language: &str) -> Book {
    let book = book(language);
    book.run(&format!("review open 2026 --today {DAY}")).ends(0);
    book
}

fn ids(book: &Book) -> Vec<String> {
    decisions(book, "2026").into_iter().map(|[id, ..]| id).collect()
}

/// Writes the decisions into the YAML as a person does.
fn by_hand(book: Book) -> Book {
    let mut text = book.read("reviews/2026.yaml");
    for id in ids(&book) {
        let at = text.find(&format!("  {id}@")).expect("the entry");
        let [decision, reason, owner, due] = verdict(&id);
        let (before, entry) = text.split_at(at);
        let mut entry = entry.replacen("    decision:\n", &format!("    decision: {decision}\n"), 1);
        for (key, value) in [("reason", reason), ("owner", owner), ("due", due)] {
            if !value.is_empty() {
                let written = if key == "reason" { format!("'{value}'") } else { value.to_owned() };
                entry = entry.replacen(&format!("    {key}:\n"), &format!("    {key}: {written}\n"), 1);
            }
        }
        text = format!("{before}{entry}");
    }
    book.with("reviews/2026.yaml", text)
}

/// The file that the page saves.
fn by_page(book: &Book) -> Vec<u8> {
    let entries = super::entries(book, "2026");
    let decided = entries.iter().map(|entry| {
        let [decision, reason, owner, due] = verdict(&entry.id).map(|text| Some(text).filter(|text| !text.is_empty()));
        json!({"standard": entry.id, "stamp": entry.stamp, "decision": decision, "reason": reason, "owner": owner, "due": due})
    });
    let form = json!({
        "gamma-ok": "review", "version": 1, "book": "Nordic", "language": "en", "review": "2026",
        "reviewers": ["consultant", "front-office-manager"], "decisions": decided.collect::<Vec<_>>(), "added": ["A lamp: at the door"],
    });
    form.to_string().into_bytes()
}

/// The Markdown checklist, ticked.
fn by_markdown(book: &Book, language: &str) -> Vec<u8> {
    let words = Interface::of(&Language::new(language));
    let mut text = book.run("review checklist 2026 --format md").ends(0).stdout();
    let write = |text: &mut String, at: usize, key: &str, value: &str| {
        let line = format!("  - {}:\n", words.text(key));
        let rest = text[at..].replacen(&line, &format!("  - {}: {value}\n", words.text(key)), 1);
        text.truncate(at);
        text.push_str(&rest);
    };
    for id in ids(book) {
        let at = text.find(&format!("`{id}@")).expect("the item");
        let [decision, reason, owner, due] = verdict(&id);
        let label = words.text(&format!("decision.{decision}")).to_owned();
        let rest = text[at..].replacen(&format!("- [ ] {label}\n"), &format!("- [x] {label}\n"), 1);
        text.truncate(at);
        text.push_str(&rest);
        write(&mut text, at, "review.reason", reason);
        write(&mut text, at, "review.owner", owner);
        write(&mut text, at, "review.due", &due.split('-').rev().collect::<Vec<_>>().join("."));
    }
    let participants = format!("- {}:", words.text("review.participants"));
    text = text.replacen(&participants, &format!("{participants} consultant, front-office-manager"), 1);
    let new = format!("- {}:\n", words.text("review.new"));
    text.replacen(&new, &format!("{} A lamp: at the door\n", new.trim_end()), 1).into_bytes()
}

/// The workbook, filled in and saved by another program: what it shows is kept, how it looks is not.
fn by_workbook(book: &Book, language: &str) -> Vec<u8> {
    let words = Interface::of(&Language::new(language));
    book.run("review checklist 2026 -o list.xlsx").ends(0);
    let bytes = std::fs::read(book.path().join("list.xlsx")).expect("the workbook");
    let mut read = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut write = Workbook::new();
    for (at, name) in read.sheet_names().into_iter().enumerate() {
        let range = read.worksheet_range(&name).expect("a sheet");
        let sheet = write.add_worksheet();
        sheet.set_name(&name).expect("a name");
        let (top, left) = range.start().unwrap_or_default();
        for (row, cells) in (top..).zip(range.rows()) {
            for (column, cell) in (left as u16..).zip(cells) {
                match cell {
                    Data::Empty => {}
                    Data::Float(n) => drop(sheet.write_number(row, column, *n)),
                    other => drop(sheet.write_string(row, column, other.to_string())),
                }
            }
            let reference = cells.get(9 - left as usize).map(ToString::to_string).unwrap_or_default();
            if let Some((id, _)) = reference.split_once('@').filter(|_| at == 0) {
                if reference.starts_with("ID@") {
                    continue;
                }
                let [decision, reason, owner, due] = verdict(id);
                let label = words.text(&format!("decision.{decision}")).to_owned();
                for (column, value) in [(5, label.as_str()), (6, reason), (7, owner), (8, due)] {
                    sheet.write_string(row, column, value).expect("a cell");
                }
            }
        }
        if at == 0 {
            sheet.write_string(2, 2, "consultant, front-office-manager").expect("a cell");
        }
        if at == 1 {
            sheet.write_string(1, 0, "A lamp: at the door").expect("a cell");
        }
    }
    write.save_to_buffer().expect("a workbook")
}

#[test]
fn the_same_decisions_come_out_whichever_way_they_went_in() {
    for language in ["en", "pl", "sv"] {
        let by_hand = by_hand(opened(language));
        let wanted = decisions(&by_hand, "2026");
        let expected = wanted.iter().map(|[id, ..]| {
            let [decision, reason, owner, due] = verdict(id).map(str::to_owned);
            [id.clone(), decision, reason, owner, due]
        });
        assert_eq!(wanted, expected.collect::<Vec<_>>());
        type Fill = fn(&Book, &str) -> Vec<u8>;
        let ways: [(&str, Fill); 3] =
            [("page", |book, _| by_page(book)), ("markdown", by_markdown), ("workbook", by_workbook)];
        for (way, fill) in ways {
            let book = opened(language);
            let filled = fill(&book, language);
            let book = book.with("filled", filled);
            let before = book.read("reviews/2026.yaml");
            let n = wanted.len();
            let run = book.run("review record filled").ends(0).prints("reviews/2026.yaml");
            run.says(&format!(
                "{n} taken, 0 the same as recorded, 0 in conflict, 0 rejected; 0 of {n} still to be decided"
            ));
            assert_eq!(decisions(&book, "2026"), wanted, "{way} in {language}");
            let after = book.read("reviews/2026.yaml");
            for line in before.lines().filter(|line| !line.trim_end().ends_with(':') && !line.contains("[]")) {
                assert!(after.contains(line), "{way}: {line}");
            }
            assert!(after.contains("reviewers: [consultant, front-office-manager]  # "), "{after}");
            assert!(after.contains("added: [\"A lamp: at the door\"]  # "), "{after}");
            // The same once more changes nothing.
            let run = book.run("review record filled").ends(0).prints_nothing();
            run.says(&format!("0 taken, {n} the same as recorded"));
            assert_eq!(book.read("reviews/2026.yaml"), after);
        }
    }
}

#[test]
fn what_disagrees_is_shown_and_not_overwritten() {
    let book = opened("en");
    let form = by_page(&book);
    let book = book.with("first.json", form);
    book.run("review record first.json").ends(0);
    let before = book.read("reviews/2026.yaml");
    let second = book.read("first.json").replace("\"level-down\"", "\"keep\"").replace("a minute is long", "too long");
    let book = book.with("second.json", second);
    let run = book.run("review record second.json").ends(1);
    run.prints("decision of `welcome-drink` is `level-down`").prints("second.json, decisions[").prints("`keep`");
    let run =
        book.run("review record second.json").ends(1).prints("reason of `greet-within-60s`").says("2 in conflict");
    drop(run);
    assert_eq!(book.read("reviews/2026.yaml"), before);
    // Each at its own place: a reason where the reason stands, not where the box is ticked.
    let fresh = opened("en");
    let markdown = String::from_utf8(by_markdown(&fresh, "en")).expect("text").replace("a minute is long", "too long");
    let line = markdown.lines().position(|line| line.contains("too long")).expect("the reason") + 1;
    let book = book.with("third.md", markdown);
    book.run("review record third.md").ends(1).prints(&format!("third.md, {line}: `Guests wait: too long`"));
    assert_eq!(book.read("reviews/2026.yaml"), before);
}

#[test]
fn what_cannot_be_taken_is_told_at_its_place() {
    let book = opened("en");
    let markdown = String::from_utf8(by_markdown(&book, "en")).expect("text");
    let two = markdown.replacen("  - [ ] keep\n", "  - [x] keep\n", 1).replace("31.01.2027", "soon");
    let book = book.with("two.md", two);
    let run = book.run("review record two.md").ends(1).prints("has more than one box ticked: lines ");
    run.says("1 rejected");
    let strange = markdown.replace("`map@", "`mop@").replace("31.01.2027", "31/02/2027");
    let book = book.with("strange.md", strange);
    let run = book.run("review record strange.md").ends(1).prints("the review `2026` does not ask about `mop`");
    run.prints("`31/02/2027` is not a date").prints("2027-01-31");
    let old = book.read("strange.md").replace("`welcome-drink@", "`welcome-drink@0");
    book.with("old.md", old)
        .run("review record old.md")
        .ends(1)
        .prints("is another wording than the review asks about");
}

#[test]
fn what_is_no_filled_checklist_is_refused() {
    let book = opened("en");
    let before = book.read("reviews/2026.yaml");
    let audit = r#"{"gamma-ok": "checklist", "version": 1}"#;
    let other = r#"{"gamma-ok": "review", "version": 1, "review": "2027", "decisions": []}"#;
    let files: [(&str, &[u8], &str); 7] = [
        ("cut.json", br#"{"gamma-ok": "review", "decisions": ["#, "not whole"),
        ("audit.json", audit.as_bytes(), "audit record"),
        ("other.json", other.as_bytes(), "there is no review `2027`"),
        ("new.json", br#"{"gamma-ok": "review", "version": 2}"#, "another version"),
        ("notes.md", b"# Notes\n\n- [x] milk\n", "no review checklist"),
        ("binary", b"\x00\xff\xfe", "neither text nor a workbook"),
        ("broken.xlsx", b"PK\x03\x04rest", "cannot be opened"),
    ];
    let book = files.into_iter().fold(book, |book, (name, bytes, _)| book.with(name, bytes));
    for (name, _, said) in files {
        book.run(&format!("review record {name}")).ends(2).prints_nothing().says(said);
    }
    book.run("review record missing.md").ends(2).says("missing.md");
    assert_eq!(book.read("reviews/2026.yaml"), before);
    // A round's checklist as a workbook is told from a review's.
    book.run("checklist -o round.xlsx").ends(0);
    book.run("review record round.xlsx").ends(2).says("a checklist of a round");
}

#[test]
fn an_authors_own_layout_is_kept() {
    let book = book("en");
    let stamps: Vec<(String, String)> = {
        let run = book.run("show --format json").ends(0);
        let all = run.json();
        let text = |one: &serde_json::Value, key: &str| one[key].as_str().expect("a text").to_owned();
        all["standards"].as_array().expect("a list").iter().map(|one| (text(one, "id"), text(one, "stamp"))).collect()
    };
    let stamp = |id: &str| &stamps.iter().find(|(name, _)| name == id).expect("the standard").1;
    let written = format!(
        "\u{feff}opened: 2026-11-01 # by the owner\r\nreviewers:\r\n  - consultant\r\ndecisions:\r\n  greet-within-60s@{}: # first\r\n  \
         \"map@{}\": {{ reason: 'none', decision: }}   # second\r\n  welcome-drink: ~\r\n",
        stamp("greet-within-60s"),
        stamp("map")
    );
    let form = |id: &str, decision: &str| json!({"standard": id, "stamp": stamp(id), "decision": decision, "due": "2027-01-31", "reason": (id == "welcome-drink").then_some("usual")});
    let filled = json!({"gamma-ok": "review", "version": 1, "review": "own", "reviewers": ["consultant", "owner"], "decisions": [
        form("greet-within-60s", "keep"), form("map", "retire"), form("welcome-drink", "level-down")]});
    let book = book.with("reviews/own.yaml", &written).with("f.json", filled.to_string());
    book.run("review record f.json").ends(0).says("3 taken");
    let expected = written
        .replace(": # first", ": {decision: keep, due: 2027-01-31} # first")
        .replace("'none', decision: }", "'none', due: 2027-01-31, decision: retire }")
        .replace("welcome-drink: ~", "welcome-drink: {decision: level-down, reason: usual, due: 2027-01-31}")
        .replace("  - consultant\r\n", "  - consultant\r\n  - owner\r\n");
    assert_eq!(book.read("reviews/own.yaml"), expected);
}

/// Kills `record` after ever longer times: the record is the old one or the new one, nothing else is left lying, and the same
/// command again completes the work.
#[cfg(unix)]
#[test]
fn killed_at_any_moment_the_record_is_old_or_new() {
    let fresh = || {
        let book = opened("en");
        let filled = by_page(&book);
        book.with("filled.json", filled)
    };
    let old = fresh().read("reviews/2026.yaml");
    let done = fresh();
    let start = std::time::Instant::now();
    done.run("review record filled.json").ends(0);
    let whole = start.elapsed();
    let new = done.read("reviews/2026.yaml");
    assert_ne!(old, new);
    for delay in (0..16).map(|step| whole * step / 12) {
        let book = fresh();
        let mut command = crate::support::program(book.path());
        command.args(["review", "record", "filled.json"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it starts");
        std::thread::sleep(delay);
        let _ = child.kill();
        child.wait().expect("it ends");
        let now = book.read("reviews/2026.yaml");
        assert!(now == old || now == new, "{now}");
        if now == old {
            book.run("review record filled.json").ends(0);
        }
        assert_eq!(book.read("reviews/2026.yaml"), new);
        assert_eq!(book.files("reviews"), ["2026.yaml"], "nothing is left lying");
    }
}

#[test]
fn whatever_is_written_into_the_list_is_taken_or_refused() {
    let book = opened("en");
    let blank = book.run("review checklist 2026 --format md").ends(0).stdout();
    let lines: Vec<&str> = blank.lines().collect();
    let at = lines.iter().position(|line| line.contains("`map@")).expect("the item");
    let of = |text: &str| at + lines[at..].iter().position(|line| line.contains(text)).expect("the line");
    let with = |line: usize, new: &str| {
        let mut filled: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        new.clone_into(&mut filled[line]);
        filled.join("\n") + "\n"
    };
    let (retire, reason) = (of("[ ] retire"), of("- Reason:"));
    for tick in
        ["  - [ x] retire", "  - [x ] retire", "  - \\[x\\] retire", "  - [v] retire", "  - ☑ retire", "- [x] retire"]
    {
        let bare = with(retire, tick);
        let refused = opened("en").with("list.md", &bare);
        refused.run("review record list.md").ends(1).prints("`map` is decided without a reason").says("0 taken");
        let (before, item) = bare.split_at(bare.find("`map@").expect("the item"));
        let reasoned = format!("{before}{}", item.replacen("- Reason:", "- Reason: nobody takes one", 1));
        let book = opened("en").with("list.md", reasoned);
        book.run("review record list.md").ends(0).says("1 taken");
        assert!(book.read("reviews/2026.yaml").contains("decision: retire"), "{tick}");
    }
    for (line, said) in [
        ("  - **Reason:** old", "old"),
        ("  - Reasons: old", "old"),
        ("  - Reason old", "old"),
        ("  - Reason:\n    > old", "old"),
    ] {
        let book = opened("en").with("list.md", with(reason, line));
        book.run("review record list.md").ends(0).says("1 taken");
        assert!(book.read("reviews/2026.yaml").contains(&format!("reason: {said}")), "{line}");
    }
    for (line, new) in [
        (retire, "  - [-] retire"),
        (retire, "  - [ ] retire, it is old"),
        (retire, "  - [x] throw away"),
        (reason, "  - Reason:\n  - it is old"),
        (reason, "  - Remark: it is old"),
        (reason, "  - Reason:\n\n  it is old"),
        (reason, "  - Reason:\n\n> it is old"),
        (retire, "  - [ ] retire\n  > it is old"),
    ] {
        let book = opened("en").with("list.md", with(line, new));
        let run = book.run("review record list.md").ends(1).says("1 rejected");
        assert!(run.stdout().starts_with("list.md:"), "{new}: {}", run.stdout());
    }
    // The list as it was printed holds nothing that the program does not know.
    for language in ["en", "pl", "sv"] {
        let book = opened(language);
        for ending in ["md", "xlsx"] {
            book.run(&format!("review checklist 2026 -o list.{ending}")).ends(0);
            let run = book.run(&format!("review record list.{ending}")).ends(0).prints_nothing();
            run.says("0 taken").says("0 rejected");
        }
    }
}

#[test]
fn what_is_written_into_what_the_list_says_is_refused_at_its_line() {
    let book = Book::example("hotel-wisla");
    book.run("review checklist 2026 --lang en -o list.md").ends(0);
    let blank = book.read("list.md");
    let line = |start: &str| {
        let mut lines = blank.lines();
        lines.find(|line| line.trim_start().starts_with(start)).unwrap_or_else(|| panic!("{start}: {blank}")).to_owned()
    };
    let all = [
        ("# ", " and more"),
        ("## ", " and more"),
        ("One decision for each standard", ""),
        ("- Why it is due: ", " says Anna"),
        ("- Audits: met in ", " says Anna"),
        ("- *", ""),
        ("- **1.** ", " says Anna"),
    ];
    for (start, more) in all {
        let old = line(start);
        let new = if more.is_empty() { old.replacen(' ', " never ", 3) } else { format!("{old}{more}") };
        let number = blank.lines().position(|line| line == old).expect("the line") + 1;
        let book = Book::example("hotel-wisla").with("list.md", blank.replacen(&old, &new, 1));
        let run = book.run("review record list.md").ends(1);
        run.prints(&format!("list.md:{number}: "));
    }
}
