//! A ticked Markdown checklist.
//!
//! An item is a list entry that holds `ID@STAMP` in a code span; below it stand tasks, of which one is ticked, and entries
//! `label: value` for what was observed and for a note. Entries `label: value` outside of items are fields of the head. A
//! table whose first column has the number of an item says what is done about it.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::words::{answer, is, observations};
use super::{Form, Given, GivenAction, Rejected, Spot};
use crate::audit::Answer;
use crate::say;

/// The order of the tasks, for one whose words were lost.
const ORDER: [Answer; 4] = [Answer::Met, Answer::NotMet, Answer::NotApplicable, Answer::NotObserved];

pub(super) fn read(text: &str) -> Result<Form, Rejected> {
    let mut reader = Reader { text, lines: line_starts(text), form: Form::default(), entry: None, actions: Vec::new() };
    let mut depth = 0;
    let mut task: Option<Task> = None;
    let mut row: Option<Vec<Spot>> = None;
    let mut is_body = false;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Item) => {
                depth += 1;
                match depth {
                    1 => {
                        reader.entry =
                            Some(Entry { range, code: None, tasks: Vec::new(), lines: Vec::new(), inner: None })
                    }
                    2 => {
                        if let Some(entry) = &mut reader.entry {
                            entry.inner.get_or_insert(range.start);
                        }
                        task = Some(Task { range, ticked: None });
                    }
                    _ => {}
                }
            }
            Event::TaskListMarker(ticked) if depth == 2 => {
                if let Some(task) = &mut task {
                    task.ticked = Some((ticked, range.end));
                }
            }
            Event::Code(code) if depth == 1 => {
                if let Some(entry) = &mut reader.entry {
                    entry.code = Some(code.trim().to_owned());
                }
            }
            Event::End(TagEnd::Item) => {
                match (depth, reader.entry.as_mut(), task.take()) {
                    (2, Some(entry), Some(done)) => match done.ticked {
                        Some(_) => entry.tasks.push(done),
                        None => entry.lines.push(done.range),
                    },
                    (1, Some(_), _) => reader.close(),
                    (_, _, open) => task = open,
                }
                depth -= 1;
            }
            Event::Start(Tag::TableHead) => is_body = false,
            Event::End(TagEnd::TableHead) => is_body = true,
            Event::Start(Tag::TableRow) => row = Some(Vec::new()),
            Event::Start(Tag::TableCell) if is_body => {
                let cell = text.get(range.clone()).unwrap_or_default().trim().trim_matches('|').trim();
                let spot = Spot { text: unescaped(cell), place: reader.place(range.start) };
                row.iter_mut().for_each(|row| row.push(spot.clone()));
            }
            Event::End(TagEnd::TableRow) => reader.actions.extend(row.take()),
            _ => {}
        }
    }
    reader.finish()
}

/// A list entry of the first level.
struct Entry {
    range: Range<usize>,
    /// The last code span of its own text.
    code: Option<String>,
    tasks: Vec<Task>,
    lines: Vec<Range<usize>>,
    /// Where the list inside it begins.
    inner: Option<usize>,
}

/// A list entry of the second level.
struct Task {
    range: Range<usize>,
    /// Whether it is ticked, and where the mark ends; none where it is no task.
    ticked: Option<(bool, usize)>,
}

struct Reader<'t> {
    text: &'t str,
    lines: Vec<usize>,
    form: Form,
    entry: Option<Entry>,
    actions: Vec<Vec<Spot>>,
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

impl Reader<'_> {
    fn place(&self, offset: usize) -> String {
        self.lines.partition_point(|start| *start <= offset).to_string()
    }

    /// The text of a list entry on one line, without its mark.
    fn written(&self, range: Range<usize>) -> String {
        let text = self.text.get(range).unwrap_or_default().trim();
        let text = text.trim_start_matches(['-', '*', '+']).trim_start();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Takes in a list entry that has ended.
    fn close(&mut self) {
        let Some(entry) = self.entry.take() else { return };
        let place = self.place(entry.range.start);
        let own = entry.range.start..entry.inner.unwrap_or(entry.range.end);
        let own = self.written(own);
        let reference = entry.code.filter(|code| !code.is_empty() && !code.contains(char::is_whitespace));
        let Some(reference) = reference else {
            if entry.tasks.iter().any(|task| task.ticked.is_some_and(|(ticked, _)| ticked)) {
                let wrong = say!("this item has lost its `ID@STAMP`, so nobody can tell what was answered");
                self.form
                    .rejected
                    .push(Rejected::new(place, wrong).help(say!("put it back at the end of the item's first line")));
            } else {
                self.field(&own, place);
            }
            return;
        };
        let mut item = Given { place, reference, number: number(&own), ..Given::default() };
        for (at, task) in entry.tasks.iter().enumerate() {
            let Some((true, end)) = task.ticked else { continue };
            let word = self.written(end..task.range.end);
            let place = self.place(task.range.start);
            // Four tasks in the order of the form, or whatever their own words say.
            match answer(&word).or_else(|| (entry.tasks.len() == ORDER.len()).then(|| ORDER[at])) {
                Some(answer) => item.ticked.push(Spot { text: answer.word().to_owned(), place }),
                None => {
                    let wrong = say!("`{word}` is not an answer", word);
                    self.form.rejected.push(Rejected::new(place, wrong));
                }
            }
        }
        for range in entry.lines {
            let place = self.place(range.start);
            let line = self.written(range);
            let Some((label, value)) = line.split_once(':') else { continue };
            let label = label.split('(').next().unwrap_or(label);
            if is(label, "checklist.observed") {
                item.observed.extend(observations(&unescaped(value)).filter_map(|value| Spot::of(value, &*place)));
            } else if is(label, "checklist.note") {
                item.note = Spot::of(&unescaped(value), place);
            }
        }
        self.form.items.push(item);
    }

    /// Takes in `label: value` of the head.
    fn field(&mut self, line: &str, place: String) {
        let Some((label, value)) = line.split_once(':') else { return };
        let value = unescaped(value);
        let spot = Spot::of(value.trim().trim_matches('*'), place);
        let form = &mut self.form;
        let fields = [
            ("common.site", &mut form.site),
            ("common.date", &mut form.date),
            ("checklist.time", &mut form.time),
            ("checklist.auditor", &mut form.auditor),
        ];
        for (key, field) in fields {
            // The signatures at the end have a line for the auditor too.
            if field.is_none() && is(label, key) {
                *field = spot;
                return;
            }
        }
    }

    fn finish(mut self) -> Result<Form, Rejected> {
        if self.form.items.is_empty() && self.form.rejected.is_empty() {
            let wrong = Rejected::new("", say!("there are no items of a checklist in this file"));
            return Err(wrong.help(say!("give a checklist that `gamma-ok checklist --format md` made")));
        }
        for row in std::mem::take(&mut self.actions) {
            let mut cells = row.into_iter();
            let number = cells.next().unwrap_or_default();
            let mut cell = || cells.next().filter(|cell| !cell.text.is_empty());
            let action =
                GivenAction { what: cell(), owner: cell(), due: cell(), done: cell(), ..GivenAction::default() };
            attach(&mut self.form, &number, action);
        }
        Ok(self.form)
    }
}

/// Puts an action where its item is.
pub(super) fn attach(form: &mut Form, number: &Spot, action: GivenAction) {
    if action.is_empty() {
        return;
    }
    let wanted = number.text.trim_matches(['*', '.', '#', ' ']);
    let fits = |item: &&mut Given| {
        item.number.as_deref() == Some(wanted)
            || item.reference == wanted
            || item.reference.split('@').next() == Some(wanted)
    };
    match form.items.iter_mut().find(fits) {
        Some(item) if item.action.is_none() => item.action = Some(action),
        Some(_) => {
            let wrong = say!("item {number} has two actions", number = wanted);
            form.rejected.push(Rejected::new(&*number.place, wrong).help(say!("join them in one")));
        }
        None => {
            let wrong = match wanted {
                "" => say!("this action does not say which item it is about"),
                _ => say!("there is no item {number} that this action could be about", number = wanted),
            };
            form.rejected
                .push(Rejected::new(&*number.place, wrong).help(say!("write the item's number in the first column")));
        }
    }
}

/// The number that an item's own text begins with.
fn number(own: &str) -> Option<String> {
    let digits: String = own.trim_start_matches('*').chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// A text as it was meant: a backslash before a mark of Markdown is not part of it.
fn unescaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && next.is_ascii_punctuation() => {}
            _ => result.push(letter),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "# Checklist: Book\n\n- Site: **Hotel Wisła**\n- Date: 2026-05-12\n- Time or shift: 14:30\n- Auditor: quality-lead\n\n\
        ## 1. Check-in\n\n- **1.** I ▲ · The `desk` is clear. · `greet@3f9a1c2e`\n  - [ ] met\n  - [X] not met\n  - [ ] n/a\n  \
        - [ ] not observed\n  - Observed (s): 12,5; 8\n  - Note: Slow,\n    and *late*\n- **2.** I · Two. · `two`\n  - [ ] spełniony\n  \
        - [x] niespełniony\n  - [x] nie dotyczy\n  - [ ] nie zaobserwowano\n\n## Actions\n\n| Item | Action | Owner | Due | Done |\n\
        | --- | --- | --- | --- | --- |\n| 1 | Clear it | shift leader | 2026-05-20 |  |\n|  |  |  |  |  |\n\n- Auditor: x\n";

    #[test]
    fn reads_ticks_values_notes_and_actions_with_their_lines() {
        let form = read(FORM).expect("a form");
        assert_eq!(form.rejected, []);
        let spot = |text: &str, place: &str| Some(Spot { text: text.to_owned(), place: place.to_owned() });
        assert_eq!(form.site, spot("Hotel Wisła", "3"));
        assert_eq!((form.time, form.auditor), (spot("14:30", "5"), spot("quality-lead", "6")));
        let [one, two] = form.items.as_slice() else { panic!("{:?}", form.items) };
        assert_eq!(one.reference, "greet@3f9a1c2e");
        assert_eq!(one.ticked.first().cloned(), spot("not met", "12"));
        assert_eq!(one.observed.iter().map(|spot| spot.text.as_str()).collect::<Vec<_>>(), ["12,5", "8"]);
        assert_eq!(one.note, spot("Slow, and *late*", "16"));
        let action = one.action.as_ref().expect("an action");
        assert_eq!((&action.what, &action.due), (&spot("Clear it", "28"), &spot("2026-05-20", "28")));
        let ticks: Vec<_> = two.ticked.iter().map(|spot| (spot.text.as_str(), spot.place.as_str())).collect();
        assert_eq!(ticks, [("not met", "20"), ("n/a", "21")]);
    }

    #[test]
    fn what_lost_its_place_is_said() {
        let form = read(
            "- **1.** One\n  - [x] met\n  - [ ] not met\n- **2.** · `two`\n  - [ ] met\n\n| Item | A |\n| --- | --- |\n| 7 | x |\n",
        );
        let rejected: Vec<_> = form.expect("a form").rejected.into_iter().map(|one| one.place).collect();
        assert_eq!(rejected, ["1", "9"]);
        assert!(read("# Shopping\n\n- [x] milk\n").is_err());
        assert!(read("").is_err());
    }
}
