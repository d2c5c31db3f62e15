//! One item of a form: which standard it is about, what was seen, and what will be done.

use super::photo::MAX_OF_ANSWER;
use super::{Photo, Placer, one_of};
use crate::audit::judge::judge;
use crate::audit::record_words::answer_word;
use crate::audit::{Action, Answer, Grade, WrittenAnswer};
use crate::book::{Measure, id};
use crate::edition::Reference;
use crate::forms::{FormEntry, FormItem, Refused, day, entry, short, value};
use crate::message::Message;
use crate::method::Standard;
use crate::say;
use crate::source::Span;
use crate::units::{Unit, parse_clock, parse_quantity, unit_key};

impl Placer<'_, '_> {
    /// The answer to one item, if there is one and it can be placed.
    pub(super) fn item(&mut self, item: &FormItem) -> Option<WrittenAnswer> {
        // What is left beside something that was refused may not be what was meant.
        if item.entries.is_empty() || item.is_doubtful {
            return None;
        }
        let reference = Reference::parse(&item.reference);
        let Reference { id: name, stamp } = reference;
        if !name.split('.').all(|part| id::problem(part).is_none()) || reference.fault(|| None).is_some() {
            let message = say!("`{reference}` is not the `ID@STAMP` of a standard", reference = short(&item.reference));
            self.refuse(&item.place, message, Some(say!("write it as the checklist printed it")));
            return None;
        }
        let standard = self.index.worded(name, stamp);
        let now = self.index.standard(name).or(standard).map_or(name, |standard| standard.id.name.as_str());
        if let Some(first) = self.answered.get(now) {
            let message = say!("`{standard}` is answered twice: here and at {first}", standard = now, first);
            self.refuse(&item.place, message, Some(say!("keep one of the two answers")));
            return None;
        }
        self.answered.insert(now.to_owned(), item.place.clone());
        let is_former = standard.is_some_and(|standard| stamp.is_some_and(|stamp| stamp != standard.stamp));
        let (seen, aside) = self.seen(item, now, standard, is_former)?;
        let not_applicable = seen == [Answer::NotApplicable.word()];
        let (mut note, mut why) = (value(&item.entries, "note"), value(&item.entries, "why"));
        if let Some(aside) = aside {
            note = Some(note.map_or_else(|| aside.clone(), |note| format!("{note} · {aside}")));
        }
        if not_applicable && why.is_none() {
            // A paper form has one line for both.
            why = note.take();
        }
        if not_applicable && why.is_none() {
            let place = entry(&item.entries, "answer").map_or(&item.place, |spot| &spot.place);
            let message = say!("`{standard}` is not applicable for no reason", standard = now);
            let place = place.clone();
            self.refuse(&place, message, Some(say!("write the reason in the note")));
            return None;
        }
        let grade = match entry(&item.entries, "grade") {
            None => None,
            Some(spot) => match spot.value.parse::<Grade>() {
                Ok(grade) => Some(grade),
                Err(()) => {
                    let help = one_of(&spot.value, Grade::ALL.iter().map(|grade| grade.word()));
                    self.refuse(&spot.place, say!("`{word}` is not a grade", word = short(&spot.value)), Some(help));
                    return None;
                }
            },
        };
        let is_action = |entry: &FormEntry| entry.label.starts_with("action.");
        let action = match item.entries.iter().any(is_action) {
            false => None,
            true => Some(self.action(item)?),
        };
        let key = Reference { id: now, stamp }.to_string();
        let staff = value(&item.entries, "staff");
        let evidence = self.evidence(item, now)?;
        Some(WrittenAnswer { key, seen, note, why, evidence, grade, staff, action })
    }

    /// The photographs of an item: taken out of the form, and named as the record names them.
    fn evidence(&mut self, item: &FormItem, standard: &str) -> Option<Vec<String>> {
        let mut paths: Vec<String> = Vec::new();
        for spot in item.entries.iter().filter(|entry| entry.label == "evidence") {
            if paths.len() == MAX_OF_ANSWER {
                let message = say!("`{standard}` has more than {most} photographs", standard, most = MAX_OF_ANSWER);
                self.refuse(&spot.place, message, Some(say!("keep those that show what was found")));
                return None;
            }
            match Photo::read(&spot.value) {
                Ok(photo) if paths.contains(&photo.path) => {}
                Ok(photo) => {
                    paths.push(photo.path.clone());
                    self.photos.push(photo);
                }
                Err((message, help)) => {
                    self.refuse(&spot.place, message, Some(help));
                    return None;
                }
            }
        }
        Some(paths)
    }

    /// What was seen, in the words of a record: the values where there are any, else the answer. Beside it values that only
    /// an earlier wording's measure could judge: the answer, which that wording's form gave, goes before them.
    fn seen(
        &mut self,
        item: &FormItem,
        name: &str,
        standard: Option<&Standard>,
        is_former: bool,
    ) -> Option<(Vec<String>, Option<String>)> {
        let of = |label: &'static str| item.entries.iter().filter(move |entry| entry.label == label);
        let mut chosen: Option<(Answer, &FormEntry)> = None;
        for spot in of("answer") {
            let Ok(answer) = spot.value.parse::<Answer>() else { continue };
            match chosen {
                Some((other, first)) if other != answer => {
                    let (first_place, answer, other) = (&first.place, answer_word(answer), answer_word(other));
                    let message = say!(
                        "`{standard}` is answered `{other}` ({first}) and `{one}` at once",
                        standard = name,
                        other,
                        first = first_place,
                        one = answer
                    );
                    self.refuse(&spot.place, message, Some(say!("leave one of the two")));
                    return None;
                }
                _ => chosen = chosen.or(Some((answer, spot))),
            }
        }
        let observed: Vec<&FormEntry> = of("observed").collect();
        if observed.is_empty() {
            // A note without an answer is kept: whoever wrote it did not say that the standard was met, or not.
            let answer = chosen.map_or(Answer::NotObserved, |(answer, _)| answer);
            return Some((vec![answer.word().to_owned()], None));
        }
        let measure = standard.and_then(|standard| standard.measure.as_ref());
        let mut seen = Vec::new();
        for spot in &observed {
            match seen_value(spot, measure) {
                Ok(value) => seen.push(value),
                Err((message, help)) => {
                    self.refuse(&spot.place, message, help);
                    return None;
                }
            }
        }
        let judged = judge(seen.iter().map(String::as_str), seen.len() > 1, measure);
        let agrees = |answer: Answer| judged.as_ref().is_ok_and(|outcome| outcome.answer == answer);
        match (&judged, chosen) {
            // A standard that is gone can judge nothing either.
            (_, Some((answer, _))) if (is_former || standard.is_none()) && !agrees(answer) => {
                return Some((vec![answer.word().to_owned()], Some(seen.join("; "))));
            }
            _ => {}
        }
        match (judged, chosen) {
            (Err(wrong), _) if standard.is_some() => {
                let place = observed.get(wrong.index).map_or(&item.place, |spot| &spot.place).clone();
                self.refuse(&place, wrong.message, Some(wrong.help));
                None
            }
            (Ok(outcome), Some((answer, spot))) if answer != outcome.answer => {
                let observed = seen.join("; ");
                let asked = measure.map_or_else(String::new, |measure| format!(" ({})", measure.plain()));
                let message = say!(
                    "`{standard}` is answered `{answer}`, but what was observed says `{judged}`: {observed}{asked}",
                    standard = name,
                    answer = answer_word(answer),
                    judged = answer_word(outcome.answer),
                    observed,
                    asked
                );
                let place = spot.place.clone();
                self.refuse(&place, message, Some(say!("mend the answer or the observed value")));
                None
            }
            _ => Some((seen, None)),
        }
    }

    fn action(&mut self, item: &FormItem) -> Option<Action> {
        let text = |label: &str| value(&item.entries, label);
        let Some(what) = text("action.what") else {
            let row = item.entries.iter().find(|entry| entry.label.starts_with("action."));
            let place = row.map_or(&item.place, |entry| &entry.place).clone();
            let help = say!("write it in the row of the action, or empty that row");
            self.refuse(&place, say!("the action does not say what will be done"), Some(help));
            return None;
        };
        let (today, found) = (self.index.today(), self.found);
        let mut sound = true;
        let mut date = |label: &str, is_past: bool| {
            let spot = entry(&item.entries, label)?;
            let refused = match day(&spot.value) {
                Ok(due) if !is_past && found.is_some_and(|found| due < found) => {
                    let found = found.unwrap_or(due);
                    let help = say!("write year-month-day, such as 2027-01-31");
                    (say!("it cannot be due on {due}: it was found on {found}", due, found), help)
                }
                Ok(date) if !is_past || date <= today => return Some(date),
                Ok(date) => {
                    let (date, today) = (date.to_string(), today.to_string());
                    let help = say!("write year-month-day, such as 2027-01-31");
                    (say!("{date} is after today, {today}", date, today), help)
                }
                Err(wrong) => wrong,
            };
            sound = false;
            self.refused.push(Refused { place: spot.place.clone(), message: refused.0, help: Some(refused.1) });
            None
        };
        let (due, done, verified) =
            (date("action.due", false), date("action.done", true), date("action.verified", true));
        let written = Action {
            what,
            cause: text("action.cause"),
            owner: text("action.owner"),
            due,
            done,
            evidence: Vec::new(),
            verified,
            effective: None,
            remark: None,
            span: Span::default(),
        };
        sound.then_some(written)
    }
}

/// A value in the words of a record: with the measure's unit where the form's column stands for it, and written the same
/// whoever typed it.
fn seen_value(seen: &FormEntry, measure: Option<&Measure>) -> Result<String, (Message, Option<Message>)> {
    let text = seen.value.as_str();
    if let Some((message, help)) = two_ways(seen, measure) {
        return Err((message, Some(help)));
    }
    if let Some((passed, of)) = text.split_once('/') {
        return Ok(format!("{}/{}", passed.trim(), of.trim()));
    }
    if text.parse::<Answer>().is_ok() {
        return Ok(text.to_owned());
    }
    if let Some(time) = measure.and_then(|measure| parse_clock(text, &measure.value.unit)) {
        return Ok(time.plain());
    }
    let Ok(mut quantity) = parse_quantity(text, Span::default()) else { return Ok(text.to_owned()) };
    if let (Unit::Count, Some(measure)) = (&quantity.unit, measure) {
        // Whoever writes another unit behind the label means that one.
        let written = seen.unit.as_deref().and_then(unit_key).map(Unit::Known);
        quantity.unit = written.unwrap_or_else(|| measure.value.unit.clone());
        // A spreadsheet turns `95 %` into 0.95 as soon as the sign is typed, so such a figure may mean either.
        if quantity.unit == Unit::Known("%") && quantity.value > 0.0 && quantity.value <= 1.0 {
            let message = say!("`{value}` may be a share of 1 or a percentage", value = text);
            return Err((message, Some(say!("write it with its sign, as a text: 95 %"))));
        }
    }
    Ok(quantity.plain())
}

/// Why a value may be one of two: a thousand or one, a half or one of two.
fn two_ways(seen: &FormEntry, measure: Option<&Measure>) -> Option<(Message, Message)> {
    let text = seen.value.as_str();
    let figure = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).find(|part| !part.is_empty())?;
    if let Some((whole, rest)) = figure.split_once([',', '.'])
        && rest.len() == 3
        && rest.bytes().all(|byte| byte.is_ascii_digit())
        && !whole.is_empty()
        && whole.len() <= 3
        && !whole.starts_with('0')
    {
        let message = say!(
            "`{value}` may be {thousands} or {whole} and a part",
            value = text,
            thousands = format!("{whole}{rest}"),
            whole
        );
        return Some((
            message,
            say!("write a thousand without a sign in it, and a part with fewer or more than three digits"),
        ));
    }
    let (part, all) = text.split_once('/')?;
    let (part, all): (u32, u32) = (part.trim().parse().ok()?, all.trim().parse().ok()?);
    // Behind a unit the label asks for one value; a proportion asks for passes.
    let is_of_unit = seen.unit.as_deref().is_some_and(|unit| unit != "%");
    let is_fraction = part < all && all <= MOST_OF_FRACTION;
    let is_measured = measure.is_some_and(|measure| measure.value.unit != Unit::Known("%"));
    (is_of_unit && is_measured && is_fraction).then(|| {
        let message = say!("`{value}` may be a fraction of one, or passes out of observations", value = text);
        (message, say!("write the value itself, such as 0.5, or each one that was observed, set apart by semicolons"))
    })
}

/// Fractions that people write have no greater number below the stroke.
const MOST_OF_FRACTION: u32 = 4;
