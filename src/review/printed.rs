//! What the form of a review printed, and whether somebody wrote into it or over it: no review keeps that.

use super::filled::{FilledReview, PrintedItem, QUESTIONS};
use super::model::{Demand, Review, ReviewEntry, Reviews};
use crate::audit::Audits;
use crate::audit::filled::{NUMERALS, is_dated, is_stamp, take_back, titles, without_hash, written_over};
use crate::book::{Book, Language, Measure};
use crate::edition::{Editions, Reference};
use crate::forms::{FormPlace, PrintedPart, Refused, Vocabulary};
use crate::language::{Interface, interface_languages};
use crate::method::Standards;
use crate::units::Quantity;

/// What a form of a review can be compared with.
pub(crate) struct PrintedContext<'a> {
    /// The review that it is the form of.
    pub review: &'a Review,
    /// All reviews.
    pub reviews: &'a Reviews,
    /// The audits, whose overdue actions the form lists.
    pub audits: &'a Audits,
    /// The book.
    pub book: &'a Book,
    /// Its standards.
    pub standards: &'a Standards,
    /// What of its past is kept.
    pub editions: &'a Editions,
}

/// The groups of the interface's texts that the form is made of.
const GROUPS: [&str; 5] = ["review", "decision", "due-reason", "call", "level"];

impl PrintedContext<'_> {
    /// What the form itself printed and that reads otherwise now.
    pub fn altered(&self, filled: &FilledReview) -> Vec<Refused> {
        let (heads, rows, paragraphs) = (self.heads(), self.rows(), paragraphs());
        let is_own = |part: &PrintedPart, text: &str| match part {
            PrintedPart::Title | PrintedPart::Head => {
                is_dated(text) || is_stamp(text) || heads.covers(without_hash(text))
            }
            PrintedPart::Paragraph => paragraphs.covers(text),
            PrintedPart::Cell(_) => true,
            PrintedPart::Row => rows.covers(text),
            PrintedPart::Line(reference) => self.lines(reference).covers(text),
        };
        let shown = filled.shown.iter().filter(|shown| !is_own(&shown.part, &shown.text));
        let shown = shown.map(|shown| (&shown.place, &shown.text));
        let items = filled.items.iter().filter(|item| !self.is_own_item(item)).map(|item| (&item.place, &item.text));
        let refused =
            |(place, text): (&FormPlace, &String)| Refused::new(place.clone(), written_over(text)).help(take_back());
        shown.chain(items).map(refused).collect()
    }

    /// Whether the first line of an item is as the form had it, as far as the review knows its wording.
    fn is_own_item(&self, item: &PrintedItem) -> bool {
        let Reference { id, stamp } = Reference::parse(&item.reference);
        let entry = self.review.entries.iter().find(|entry| entry.id == id && entry.stamp.as_deref() == stamp);
        let Some(entry) = entry else { return true };
        let mut all = Vocabulary::default();
        all.add(&item.reference);
        item.number.iter().for_each(|number| all.add(number));
        self.add_entry(entry, &mut all);
        NUMERALS.iter().for_each(|numeral| all.add(numeral));
        interface_languages().for_each(|tag| all.add(tag));
        all.covers(&item.text)
    }

    fn heads(&self) -> Vocabulary {
        let mut all = titles(self.book, &self.editions.names_of_issues());
        all.key("document.review-checklist");
        GROUPS.iter().for_each(|group| all.group(group));
        QUESTIONS.printed.iter().for_each(|key| all.key(key));
        all.add(&self.review.name);
        all
    }

    /// What the tables of gaps and of actions hold.
    fn rows(&self) -> Vocabulary {
        let mut all = self.heads();
        all.months();
        self.book.traits.iter().for_each(|of_trait| all.text(&of_trait.title));
        for item in self.audits.records.iter().flat_map(|record| &record.items) {
            let Some(action) = item.action() else { continue };
            all.add(self.audits.id(item));
            all.add(&action.what);
            action.owner.iter().for_each(|owner| all.add(owner));
        }
        self.standards.all.iter().for_each(|standard| all.add(&standard.id.name));
        all.with_figures()
    }

    /// What stands in the lines of an item before its boxes.
    fn lines(&self, reference: &str) -> Vocabulary {
        let mut all = Vocabulary::default();
        GROUPS.iter().for_each(|group| all.group(group));
        self.reviews.all.iter().for_each(|review| all.add(&review.name));
        all.months();
        for interface in interface_languages().map(|tag| Interface::of(&Language::new(tag))) {
            // Each form that the word takes behind a number.
            for months in [1.0, 2.0, 5.0] {
                let age = interface.quantity(&Quantity::months(months));
                all.add(age.trim_start_matches(|c: char| c.is_ascii_digit()));
            }
            all.add(interface.tag());
        }
        let id = Reference::parse(reference).id;
        if let Some(entry) = self.review.entries.iter().find(|entry| entry.id == id) {
            self.add_entry(entry, &mut all);
        }
        all.with_figures()
    }

    fn add_entry(&self, entry: &ReviewEntry, all: &mut Vocabulary) {
        let standard = entry.standard.and_then(|index| self.standards.all.get(index));
        let demands: [Option<&Demand>; 3] = [Some(&entry.demand), entry.before.as_ref(), entry.became.as_ref()];
        let measures = demands.into_iter().flatten().filter_map(|demand| demand.measure.as_ref());
        for measure in measures.chain(standard.and_then(|standard| standard.measure.as_ref())) {
            add_measure(measure, all);
        }
        let wordings = demands.into_iter().flatten().filter_map(|demand| demand.wording.as_ref());
        wordings.chain(standard.map(|standard| &*standard.text)).for_each(|wording| all.text(wording));
    }
}

fn add_measure(measure: &Measure, all: &mut Vocabulary) {
    measure.what.iter().for_each(|what| all.text(what));
    interface_languages().for_each(|tag| all.add(&Interface::of(&Language::new(tag)).bound(measure)));
}

/// What the form's own paragraphs are made of.
fn paragraphs() -> Vocabulary {
    let mut all = Vocabulary::default();
    GROUPS.iter().chain(&["decision-meaning"]).for_each(|group| all.group(group));
    all
}
