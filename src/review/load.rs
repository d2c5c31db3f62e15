//! Reading the files of reviews: text → drafts → [`Reviews`].

use chrono::NaiveDate;

use super::draft::{DemandDraft, DetailsDraft, EntryDraft, EvidenceDraft, ReopeningDraft, ReviewDraft};
use super::kept::altered;
use super::model::{Added, Decision, Demand, Frozen, Reopening, Review, ReviewEntry, Reviews};
use crate::book::draft::MeasureDraft;
use crate::book::draft_values::{DateDraft, TextDraft};
use crate::book::{Book, Bound, Language, Measure, Spanned, Status, Text, Worded, YAML, decode_text, refusal_finding};
use crate::diag::{Code, Diagnostic};
use crate::edition::{Directory, Reference};
use crate::method::Standards;
use crate::say;
use crate::source::{Source, Sources, Span, World};
use crate::units::Unit;

/// The folder of reviews in a book.
const FOLDER: &str = "reviews/";

/// Reads all reviews of the book. Whatever is wrong with them is a finding in [`Reviews::findings`].
pub fn load(world: &dyn World, sources: &mut Sources, book: &Book, standards: &Standards) -> Reviews {
    let directory = Directory::new(book, standards);
    let mut reviews = Reviews::default();
    for item in world.list(FOLDER.trim_end_matches('/'), YAML) {
        let read = item.and_then(|path| world.text(&path).map(|text| (path.clone(), text)).map_err(|why| (path, why)));
        let (path, text) = match read {
            Ok(read) => read,
            Err((path, refusal)) => {
                let file = sources.add(Source::refused(path, &refusal));
                reviews.findings.push(refusal_finding(file, &refusal));
                continue;
            }
        };
        let file = sources.add(Source::new(path.clone(), text));
        let (draft, mut findings) = decode_text::<ReviewDraft>(file, &sources.get(file).text, say!("a review"));
        if let Some(draft) = draft {
            let mut resolver = Resolver { book, standards, directory: &directory, findings: &mut findings };
            let review = resolver.review(&draft, &path);
            findings.extend(altered(world, &review, draft.report.as_ref().map(|report| report.span)));
            reviews.all.push(Review { file, ..review });
        }
        reviews.findings.append(&mut findings);
    }
    let closed = |review: &Review| review.closed.as_ref().map_or(NaiveDate::MAX, |closed| closed.value);
    reviews.all.sort_by(|a, b| closed(a).cmp(&closed(b)).then_with(|| a.name.cmp(&b.name)));
    reviews
}

struct Resolver<'a> {
    book: &'a Book,
    standards: &'a Standards,
    directory: &'a Directory<'a>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn review(&mut self, draft: &ReviewDraft, path: &str) -> Review {
        let day = |date: &Option<Spanned<DateDraft>>| date.as_ref().map(|date| date.value.0);
        let closed = draft.closed.as_ref().map(|date| Spanned { value: date.value.0, span: date.span });
        let opened = day(&draft.opened);
        if let (Some(opened), Some(closed)) = (opened, &closed)
            && closed.value < opened
        {
            let finding =
                Diagnostic::new(Code::BadDate, closed.span, say!("the review was closed before it was opened"));
            self.findings.push(finding.help(say!("it was opened on {opened}: correct one of the two", opened)));
        }
        let mut entries: Vec<ReviewEntry> = Vec::new();
        for (key, entry) in draft.decisions.iter().flat_map(|pairs| &pairs.0) {
            let entry = self.entry(key, entry);
            let twin = entry.standard.and_then(|place| entries.iter().find(|earlier| earlier.standard == Some(place)));
            if let Some(twin) = twin.filter(|twin| twin.key.value != entry.key.value) {
                let message = say!("`{a}` and `{b}` are the same standard", a = entry.key.value, b = twin.key.value);
                let finding = Diagnostic::new(Code::DuplicateKey, entry.key.span, message);
                self.findings.push(
                    finding.help(say!("keep one of the two")).related(twin.key.span, say!("it stands here first")),
                );
            }
            if closed.is_some() && entry.decision.is_none() {
                let message = say!("the review is closed, but `{id}` is undecided", id = entry.key.value);
                let finding = Diagnostic::new(Code::MissingKey, entry.key.span, message);
                self.findings.push(finding.help(say!("decide it, or remove `closed` and close the review again")));
            }
            // What older programs closed without a reason for keeping stays as it is.
            if entry.lacks_reason() && (closed.is_none() || entry.changing().is_some()) {
                self.without_reason(&entry);
            }
            entries.push(entry);
        }
        let added = draft.added.iter().flatten().map(|written| self.added(written, closed.is_some())).collect();
        Review {
            name: path.trim_start_matches(FOLDER).trim_end_matches(".yml").trim_end_matches(".yaml").to_owned(),
            opened,
            closed,
            carried_out: day(&draft.carried_out),
            reopened: draft.reopened.iter().flatten().filter_map(reopening).collect(),
            edition: draft.edition.as_ref().map(|edition| edition.value.trim().to_owned()),
            left: draft.left.as_ref().map(|left| left.value.trim().to_owned()),
            sets: [&draft.edition, &draft.left].into_iter().flatten().cloned().collect(),
            reviewers: draft.reviewers.iter().flat_map(|many| &many.0).map(|name| name.value.clone()).collect(),
            entries,
            added,
            response: draft.response.as_ref().map(|text| self.text(text)).filter(|text| !text.is_empty()),
            distribution: draft.distribution.iter().flat_map(|many| &many.0).map(|name| name.value.clone()).collect(),
            confidentiality: draft.confidentiality.as_ref().map(|text| self.text(text)).filter(|text| !text.is_empty()),
            next: day(&draft.next),
            ..Review::default()
        }
    }

    fn without_reason(&mut self, entry: &ReviewEntry) {
        let id = &entry.key.value;
        let (message, help) = match entry.changing() {
            Some(_) => (
                say!("`{id}` is decided without a reason", id),
                say!("write `reason`: only keeping a standard that does not fail needs none"),
            ),
            None => (
                say!("`{id}` is kept without a reason, although fewer than half met it", id),
                say!("write `reason`: why it stays as it is"),
            ),
        };
        self.findings.push(Diagnostic::new(Code::MissingKey, entry.key.span, message).help(help));
    }

    fn entry(&mut self, key: &Spanned<String>, draft: &EntryDraft) -> ReviewEntry {
        let DetailsDraft {
            decision, reason, owner, due, reasons, wording, level, measure, before, evidence, now, ..
        } = &*draft.details;
        let (id, stamp) = self.reference(key);
        let standard = self.directory.find(&id);
        // What a review retires, splits or merges may be gone from the book, and a derived standard that is waived is not
        // unknown.
        let goes = |decision: &Spanned<Decision>| {
            matches!(decision.value, Decision::Retire | Decision::Split | Decision::Merge)
        };
        if standard.is_none() && !decision.as_ref().is_some_and(goes) && !self.directory.is_known(&id) {
            self.unknown(&id, key.span);
        }
        if let Some(now) = now {
            self.judge(Reference { id: &id, stamp: Some(&now.value) }, now.span);
        }
        let demand =
            DemandDraft { wording: wording.clone(), level: *level, measure: measure.clone(), ..<_>::default() };
        ReviewEntry {
            key: key.clone(),
            id,
            stamp,
            standard,
            is_out_of_force: standard
                .and_then(|place| self.standards.all.get(place))
                .is_none_or(|standard| standard.status == Status::Retired),
            decision: decision.clone(),
            reason: reason.as_ref().map(|reason| self.text(reason)).filter(|reason| !reason.is_empty()),
            owner: owner.as_ref().map(|owner| owner.value.clone()),
            due: due.as_ref().map(|due| due.value.0),
            reasons: reasons.clone().unwrap_or_default(),
            demand: self.demand(&demand),
            before: before.as_ref().map(|before| self.demand(before)),
            evidence: evidence.as_ref().map(|evidence| self.frozen(evidence)),
            now: now.as_ref().map(|now| now.value.clone()),
            parts: draft.details.parts.iter().flatten().map(|part| part.value.clone()).collect(),
            became: draft.details.became.as_ref().map(|became| self.demand(became)),
            span: Span { end: draft.span.end.max(key.span.end), ..key.span },
        }
    }

    fn added(&mut self, written: &Spanned<String>, is_closed: bool) -> Added {
        let text = written.value.trim();
        let is_prose = text.contains(char::is_whitespace);
        let (id, stamp) = if is_prose { (text.to_owned(), None) } else { self.reference(written) };
        let standard = self.directory.find(&id);
        if standard.is_none() && is_closed && !is_prose && !self.directory.is_known(&id) {
            self.unknown(&id, written.span);
        }
        Added { written: written.clone(), standard, stamp }
    }

    /// `ID@STAMP` in its parts.
    fn reference(&mut self, written: &Spanned<String>) -> (String, Option<String>) {
        let reference = Reference::parse(&written.value);
        self.judge(reference, written.span);
        (reference.id.to_owned(), reference.stamp.map(str::to_owned))
    }

    /// Reports a stamp that is none.
    fn judge(&mut self, reference: Reference<'_>, span: Span) {
        let standard = self.directory.find(reference.id).and_then(|place| self.standards.all.get(place));
        if let Some((message, help)) = reference.fault(|| standard) {
            self.findings.push(Diagnostic::new(Code::WrongType, span, message).help(help));
        }
    }

    fn unknown(&mut self, id: &str, span: Span) {
        let near = self.directory.nearest(id);
        let help = match near {
            Some(near) => say!("did you mean `{near}`? A renamed standard keeps its old id in `was`", near),
            None => say!("a renamed standard keeps its old id in `was`"),
        };
        let message = say!("the book has no standard `{id}`", id);
        self.findings.push(Diagnostic::new(Code::UnknownRecord, span, message).help(help));
    }

    /// A text by language. A record may be older than the book's languages, so none is unknown here.
    fn text(&self, draft: &TextDraft) -> Text {
        let part = |(key, part): &(Option<Spanned<String>>, Spanned<String>)| {
            let own = |tag: &str| self.book.languages.iter().find(|language| language.tag() == tag).cloned();
            let language = match key {
                None => self.book.source_language().clone(),
                Some(key) => own(&key.value).unwrap_or_else(|| Language::new(&key.value)),
            };
            Worded { language, text: part.value.trim().to_owned(), span: part.span }
        };
        Text(draft.parts.iter().map(part).filter(|worded| !worded.text.is_empty()).collect())
    }

    fn demand(&self, draft: &DemandDraft) -> Demand {
        Demand {
            wording: draft.wording.as_ref().map(|wording| self.text(wording)).filter(|text| !text.is_empty()),
            level: draft.level,
            measure: draft.measure.as_ref().and_then(measure),
        }
    }

    fn frozen(&mut self, draft: &EvidenceDraft) -> Frozen {
        let share = |value: Option<f64>| value.filter(|share| (0.0..=1.0).contains(share));
        let count = |value: Option<f64>| value.filter(|count| *count >= 0.0 && *count < 1e9).map_or(0, |n| n as u32);
        let (met, of) = (count(draft.met), count(draft.of));
        if met > of || (draft.low_ratings, draft.agreement) != (share(draft.low_ratings), share(draft.agreement)) {
            let message = say!("this evidence cannot be: more met than judged, or a share that is not between 0 and 1");
            self.findings
                .push(Diagnostic::new(Code::WrongType, draft.span, message).help(say!("correct it, or remove it")));
        }
        Frozen {
            met: met.min(of),
            of,
            low_ratings: share(draft.low_ratings),
            agreement: share(draft.agreement),
            agreement_units: draft.agreement_units.map(|_| count(draft.agreement_units)),
            calls: draft.calls.clone().unwrap_or_default(),
            year: draft.year_of.map(|_| (count(draft.year_met).min(count(draft.year_of)), count(draft.year_of))),
        }
    }
}

fn reopening(draft: &ReopeningDraft) -> Option<Reopening> {
    let (closed, day) = (draft.closed.as_ref()?.value.0, draft.day.as_ref()?.value.0);
    Some(Reopening {
        closed,
        carried_out: draft.carried_out.as_ref().map(|day| day.value.0),
        day,
        reason: draft.reason.as_ref().map(|reason| reason.value.clone()).unwrap_or_default(),
    })
}

/// A frozen figure; what it measures is not kept.
fn measure(draft: &MeasureDraft) -> Option<Measure> {
    let share = draft.share.as_ref().map_or(1.0, |share| match share.0.0.unit {
        Unit::Known("%") => share.0.0.value / 100.0,
        _ => share.0.0.value,
    });
    let made = |bound, value: &crate::units::Quantity, high| Measure {
        what: None,
        bound,
        value: value.clone(),
        high,
        share,
        span: draft.span,
    };
    let bounds = [(Bound::Within, &draft.within), (Bound::AtMost, &draft.at_most), (Bound::AtLeast, &draft.at_least)];
    if let Some((bound, value)) = bounds.into_iter().find_map(|(bound, value)| Some((bound, &value.as_ref()?.0))) {
        return Some(made(bound, value, None));
    }
    match draft.between.as_deref() {
        Some([low, high]) => Some(made(Bound::Between, &low.0, Some(high.0.clone()))),
        _ => None,
    }
}
