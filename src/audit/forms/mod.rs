//! Filled-in checklists, in whatever form they come back: what the fillable page saves, a ticked Markdown checklist, a
//! filled-in spreadsheet, CSV.
//!
//! Each reader gives the same [`Form`]: what was ticked, typed and noted, each with its place in the file. [`place()`] then
//! finds the standards, judges, and makes a [`Written`](super::Written) of it, the same for the same answers by every
//! route. What cannot be placed is a [`Rejected`] at its place.

mod csv;
mod json;
mod markdown;
mod place;
mod words;
pub(crate) mod xlsx;

pub use place::{Options, Placed, place};

use crate::message::Message;
use crate::say;

/// A text of the form and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The text, trimmed.
    pub text: String,
    /// A line, a cell such as `Checklist!I14`, or an item's id: whatever can follow the name of the file and a colon.
    pub place: String,
}

/// A filled-in form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The book's title, where the form says it.
    pub book: Option<String>,
    /// The round that the form itself names.
    pub round: Option<Spot>,
    /// Site: an id or a title.
    pub site: Option<Spot>,
    /// Day, or day and time.
    pub date: Option<Spot>,
    /// Time or shift, where it stands apart from the date.
    pub time: Option<Spot>,
    /// What auditors of one visit share.
    pub visit: Option<Spot>,
    /// Who judged.
    pub auditor: Option<Spot>,
    /// What kind of audit it was.
    pub kind: Option<Spot>,
    /// Whose work was judged.
    pub staff: Option<Spot>,
    /// What was looked at, in the words of a record's `scope`; none where the form does not say, and the items do.
    pub scope: Option<Vec<(String, Vec<String>)>>,
    /// The items, in the order of the form.
    pub items: Vec<Given>,
    /// What of the form could not be read.
    pub rejected: Vec<Rejected>,
}

/// One item of a form.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Its place.
    pub place: String,
    /// `ID@STAMP` or `ID`.
    pub reference: String,
    /// Its number on the form, which actions refer to.
    pub number: Option<String>,
    /// Answers that are ticked or chosen, in words of the format; more than one is a conflict.
    pub ticked: Vec<Spot>,
    /// What was observed, each time.
    pub observed: Vec<Spot>,
    /// A remark.
    pub note: Option<Spot>,
    /// The reason of the answer.
    pub why: Option<Spot>,
    /// How grave it is.
    pub grade: Option<Spot>,
    /// What is done about it.
    pub action: Option<GivenAction>,
    /// Whose work was judged.
    pub staff: Option<Spot>,
}

/// What a form says of an action.
#[derive(Clone, Debug, Default)]
pub struct GivenAction {
    /// What will be done.
    pub what: Option<Spot>,
    /// Why it happened.
    pub cause: Option<Spot>,
    /// Who sees to it.
    pub owner: Option<Spot>,
    /// By when.
    pub due: Option<Spot>,
    /// When it was done.
    pub done: Option<Spot>,
    /// When its effect was checked.
    pub verified: Option<Spot>,
}

/// Something that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stands in the file; empty for the file as a whole.
    pub place: String,
    /// What is wrong, without a full stop.
    pub message: Message,
    /// What to do.
    pub help: Option<Message>,
}

impl Rejected {
    /// A rejection without help.
    pub fn new(place: impl Into<String>, message: impl Into<Message>) -> Self {
        Rejected { place: place.into(), message: message.into(), help: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Spot {
    /// A text that says something.
    fn of(text: &str, place: impl Into<String>) -> Option<Spot> {
        let text = text.trim();
        (!text.is_empty()).then(|| Spot { text: text.to_owned(), place: place.into() })
    }
}

impl GivenAction {
    /// Whether nothing is said.
    fn is_empty(&self) -> bool {
        let GivenAction { what, cause, owner, due, done, verified } = self;
        [what, cause, owner, due, done, verified].iter().all(|field| field.is_none())
    }
}

/// Reads a filled-in form. Its kind is told by the ending of its name, and by what it begins with.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Form, Rejected> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    // A spreadsheet is a ZIP archive.
    if bytes.starts_with(b"PK\x03\x04") || ending == "xlsx" {
        return xlsx::read(bytes);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Rejected::new("", say!("the file is empty")).help(say!("save the filled-in form again")));
    }
    if !["json", "md", "markdown", "txt", "csv", "tsv"].contains(&ending.as_str()) {
        return Err(Rejected::new("", say!("this is no kind of filled-in checklist that can be read")).help(say!(
            "give what the fillable page saves (.json), a ticked Markdown checklist (.md), a filled-in spreadsheet (.xlsx) \
             or CSV (.csv)"
        )));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            return Err(Rejected::new(line.to_string(), say!("this is not UTF-8 text"))
                .help(say!("save it as UTF-8 (in a spreadsheet: CSV UTF-8), or give the spreadsheet itself")));
        }
    };
    if text.contains('\0') {
        return Err(Rejected::new("", say!("this is not text")).help(say!("give the filled-in form itself")));
    }
    match ending.as_str() {
        "json" => json::read(text),
        "csv" | "tsv" => csv::read(text),
        _ => markdown::read(text),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::audit::Index;
    use crate::book::{Loaded, load};
    use crate::method::{Standards, standards};
    use crate::source::Memory;

    const JSON: &str = r#"{"gamma-ok": "checklist", "version": 1, "date": "2026-01-01", "round": "a", "answers": [{"standard": "a",
        "stamp": "0a0a0a0a", "answer": "met", "observed": ["8 s"], "note": "x", "action": {"what": "y", "due": "2026-02-01"}}]}"#;
    const MARKDOWN: &str = "- Date: 2026-01-01\n\n- **1.** x `a@0a0a0a0a`\n  - [x] met\n  - [ ] not met\n  - Note: x\n\n| a | b |\n\
        | --- | --- |\n| 1 | z |\n";
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

    /// Takes a file in as far as it goes; nothing may panic.
    fn take(name: &str, bytes: &[u8]) {
        let (loaded, standards) = &*BOOK;
        let today = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date");
        if let Ok(form) = read(name, bytes) {
            place(form, &Options::default(), &Index::new(&loaded.book, standards, today));
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
                let at = text.char_indices().map(|(at, _)| at).nth(at.index(text.chars().count())).unwrap_or(0);
                let rest = if cut { "" } else { &text[at..] };
                take(name, format!("{}{with}{rest}", &text[..at]).as_bytes());
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
    fn sound_forms_are_sound() {
        for (name, text) in [("a.json", JSON), ("a.md", MARKDOWN), ("a.csv", CSV)] {
            let form = read(name, text.as_bytes()).expect("a form");
            assert_eq!((form.items.len(), form.rejected.len()), (1, 0), "{name}");
        }
    }
}
