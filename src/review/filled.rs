//! Filled review checklists: a page's JSON, ticked Markdown, or a workbook become a `Filled`, whichever language they
//! were printed in.

use chrono::NaiveDate;

use super::Decision;
use crate::book::Book;
use crate::edition::FilterKey;
use crate::forms::{
    self, FieldKind, FormEntry, FormItem, FormPlace, PrintedText, Questions, Refused, entry, field, value,
};
use crate::message::Message;
use crate::say;
use crate::template;

/// What a filled form says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilledReview {
    /// The review that it belongs to.
    pub(crate) review: String,
    /// Who took part.
    pub(crate) reviewers: Vec<String>,
    /// What was decided, item by item; items that nobody touched are left out.
    pub(crate) answers: Vec<FilledDecision>,
    /// Standards that are asked for.
    pub(crate) added: Vec<String>,
    /// What the form itself printed, as it stands there now.
    pub(crate) shown: Vec<PrintedText>,
    /// The items' own words, each with its reference and its number.
    pub(crate) items: Vec<PrintedItem>,
    /// What could not be read.
    pub refused: Vec<Refused>,
    /// What whoever takes it in should know.
    pub(crate) remarks: Vec<Message>,
}

/// The first line of an item as the form has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PrintedItem {
    /// `ID@STAMP`.
    pub reference: String,
    /// The number on the form.
    pub number: Option<String>,
    /// The line.
    pub text: String,
    /// Where.
    pub place: FormPlace,
}

/// What was written beside one standard.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FilledDecision {
    /// `ID@STAMP`.
    pub(crate) reference: String,
    /// The box that is ticked.
    pub(crate) decision: Option<Decision>,
    /// Why.
    pub(crate) reason: Option<String>,
    /// Who sees to it.
    pub(crate) owner: Option<String>,
    /// By when.
    pub(crate) due: Option<NaiveDate>,
    /// Where in the form.
    pub(crate) place: FormPlace,
    /// Where each part of it stands that does not stand there.
    pub(crate) places: Vec<(&'static str, FormPlace)>,
}

impl FilledDecision {
    /// Where a part of it stands.
    pub(crate) fn place_of(&self, label: &str) -> &FormPlace {
        self.places.iter().find(|(own, _)| *own == label).map_or(&self.place, |(_, place)| place)
    }
}

/// What a review's checklist asks.
pub(super) static QUESTIONS: Questions = Questions {
    kind: "review",
    name: template!("a filled-in review checklist"),
    nothing: (
        template!("this is no review checklist: it does not name its review"),
        template!("give the file that the page's Save button wrote, the filled Markdown, or the filled workbook"),
    ),
    others: &[(
        "checklist",
        template!("this is a checklist of a round"),
        template!("`gamma-ok audit record` takes it in"),
    )],
    list: "decisions",
    item_place: |id| format!("decisions[{id}]"),
    head: &[
        field("book", "", FieldKind::Name),
        field("review", "review.name", FieldKind::Name),
        field("reviewers", "review.participants", FieldKind::List),
        field("added", "review.new", FieldKind::List),
    ],
    item: &[
        field("decision", "review.decision-label", FieldKind::Choice),
        field("reason", "review.reason", FieldKind::Words),
        field("owner", "review.owner", FieldKind::Name),
        field("due", "review.due", FieldKind::Day),
    ],
    choices: &[
        ("keep", "decision.keep"),
        ("reword", "decision.reword"),
        ("tighten", "decision.tighten"),
        ("loosen", "decision.loosen"),
        ("split", "decision.split"),
        ("merge", "decision.merge"),
        ("level-up", "decision.level-up"),
        ("level-down", "decision.level-down"),
        ("retire", "decision.retire"),
    ],
    no_choice: template!("`{word}` is not a decision"),
    aside: "reason",
    table: &[field("added", "review.new-intro", FieldKind::List)],
    printed: &[
        "common.site",
        "common.role",
        "common.issued",
        "common.version",
        "common.edition",
        "common.in-force",
        "common.approved-by",
        "common.next-review",
        "common.stamp",
        "common.phase",
        "common.trait",
        "common.level",
        "checklist.number",
        "checklist.statement",
        "sheet.measure",
        "review.evidence-label",
        "review.gaps-cells",
        "review.action-standard",
        "review.action-what",
        "review.owner",
        "review.due",
        "review.never",
        "review.last",
        "review.why",
        "review.change.wording",
        "review.change.level",
        "review.change.measure",
        "review.evidence.none",
        "review.evidence.audits",
        "review.evidence.agreement",
        "review.evidence.agreement-few.one",
        "review.evidence.agreement-few.few",
        "review.evidence.agreement-few.many",
        "review.evidence.agreement-few.other",
        "review.evidence.low-ratings",
        "review.proposal",
        "review.sheet.how",
    ],
    worked_out: &[],
    columns: &["common.phase", "checklist.statement", "common.level", "sheet.measure", "review.evidence-label"],
    limits: FilterKey::LIMITS,
    paragraphs: &[
        ("review.how", "decision-meaning.retire"),
        ("review.new-intro", "review.new-intro"),
        ("review.gaps-intro", "review.gaps-intro"),
        ("review.empty", "review.empty"),
    ],
    listing: &["review.idle-traits"],
    shows: true,
    signatures: &["review.chair", "review.signature"],
};

/// Reads a filled checklist.
///
/// # Errors
/// Why the file is none. What is wrong with single answers stands in [`FilledReview::refused`].
pub fn read(name: &str, bytes: &[u8], book: &Book) -> Result<FilledReview, Refused> {
    let is_polish = book.languages.iter().any(|language| language.primary() == "pl");
    let form = forms::read(name, bytes, &QUESTIONS, is_polish)?;
    let Some(review) = value(&form.head, "review") else {
        return Err(Refused::new(FormPlace::Whole, QUESTIONS.nothing.0).help(QUESTIONS.nothing.1));
    };
    let all = |label: &'static str| form.head.iter().filter(move |entry| entry.label == label);
    let names = all("reviewers").flat_map(|entry| entry.value.split([',', ';'])).map(str::trim);
    let rows = form.table.iter().flat_map(|row| &row.entries);
    let mut filled = FilledReview {
        review: review.trim_start_matches("review/").to_owned(),
        reviewers: names.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        added: all("added").chain(rows).map(|entry| entry.value.clone()).collect(),
        refused: form.refused.clone(),
        remarks: form.remarks.clone(),
        items: form.items.iter().filter(|item| !item.text.is_empty()).map(printed).collect(),
        shown: form.shown.clone(),
        answers: Vec::new(),
    };
    let mut seen = std::collections::HashSet::new();
    filled.added.retain(|id| seen.insert(id.clone()));
    for item in form.items.iter().filter(|item| !item.entries.is_empty()) {
        let answer = answer(item, &mut filled.refused);
        if let Some(undecided) = answer.as_ref().filter(|answer| answer.decision.is_none()) {
            let FilledDecision { place, reference, .. } = undecided;
            filled.remarks.push(say!(
                "{place}: something is written about `{id}`, and no box is ticked",
                place,
                id = reference
            ));
        }
        filled.answers.extend(answer);
    }
    Ok(filled)
}

fn printed(item: &FormItem) -> PrintedItem {
    let FormItem { reference, number, text, place, .. } = item.clone();
    PrintedItem { reference, number, text, place }
}

/// What is written beside one standard; none where two boxes are ticked.
fn answer(item: &FormItem, refused: &mut Vec<Refused>) -> Option<FilledDecision> {
    let decided: Vec<&FormEntry> = item.entries.iter().filter(|entry| entry.label == "decision").collect();
    if let [first, .., last] = decided.as_slice()
        && first.value != last.value
    {
        let lines: Vec<String> = decided.iter().map(|entry| entry.place.to_string()).collect();
        let message =
            say!("`{id}` has more than one box ticked: lines {lines}", id = &item.reference, lines = lines.join(", "));
        refused.push(Refused::new(item.place.clone(), message).help(say!("leave one")));
        return None;
    }
    let due = entry(&item.entries, "due").and_then(|entry| {
        forms::day(&entry.value)
            .map_err(|(message, help)| refused.push(Refused::new(entry.place.clone(), message).help(help)))
            .ok()
    });
    let answer = FilledDecision {
        reference: item.reference.clone(),
        decision: decided.first().and_then(|entry| entry.value.parse().ok()),
        reason: value(&item.entries, "reason"),
        owner: value(&item.entries, "owner"),
        due,
        places: item.entries.iter().map(|entry| (entry.label, entry.place.clone())).collect(),
        place: decided.first().map_or(&item.place, |entry| &entry.place).clone(),
    };
    let is_filled = answer.decision.is_some() || answer.reason.is_some() || answer.owner.is_some() || due.is_some();
    is_filled.then_some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_asks_in_the_words_of_a_review() {
        let words: Vec<&str> = Decision::ALL.iter().map(|decision| decision.word()).collect();
        assert_eq!(QUESTIONS.choices.iter().map(|(word, _)| *word).collect::<Vec<_>>(), words);
    }

    #[test]
    fn what_is_no_form_says_so() {
        for bytes in [
            &b"\xff\xfe\x00"[..],
            b"PK\x03\x04 broken",
            b"{\"a\": 1}",
            b"{\"gamma-ok\": \"review\"",
            b"# Notes\n\n- milk\n",
            b"",
        ] {
            assert!(read("form", bytes, &Book::default()).is_err(), "{bytes:?}");
        }
    }
}
