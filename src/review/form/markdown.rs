//! Ticked Markdown, shaped as `templates/md/review-checklist.md` shapes it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Answer, Filled, NoForm, Rejected, filled, forms, is_label, names, set_due};
use crate::review::Decision;
use crate::say;

/// What the code span begins with that names the review.
const NAME: &str = "review/";

/// A list item and what stands in it.
#[derive(Debug, Default)]
struct Item {
    line: usize,
    /// Its own text, without that of the items below it.
    text: String,
    /// Its last code span.
    code: Option<String>,
    /// Whether it is a task, and ticked.
    task: Option<bool>,
    below: Vec<Item>,
}

pub(super) fn read(text: &str) -> Result<Filled, NoForm> {
    let items = items(text);
    let name = items.iter().find_map(|item| item.code.as_deref()?.strip_prefix(NAME));
    let Some(review) = name else {
        return Err(NoForm::new(say!("this Markdown is no review checklist: it does not name its review"), forms()));
    };
    let mut form = Filled { review: review.to_owned(), ..Filled::default() };
    for item in &items {
        let (label, value) = labelled(item);
        if item.below.iter().any(|one| one.task.is_some()) {
            answer(item, &mut form);
        } else if is_label(label, "review.participants") {
            form.reviewers.extend(names(value));
        } else if is_label(label, "review.new") {
            form.added.extend(filled(value));
        }
    }
    Ok(form)
}

fn answer(item: &Item, form: &mut Filled) {
    let place = format!("line {}", item.line);
    let Some(reference) = item.code.clone() else {
        let message = say!("this entry does not end with its ID@STAMP");
        let help = say!("put back the name of the standard as the checklist had it");
        form.rejected.push(Rejected { place, message, help });
        return;
    };
    let mut answer = Answer { reference, place, ..Answer::default() };
    let tasks: Vec<&Item> = item.below.iter().filter(|one| one.task.is_some()).collect();
    let ticked: Vec<(usize, &&Item)> = tasks.iter().enumerate().filter(|(_, one)| one.task == Some(true)).collect();
    match ticked.as_slice() {
        [] => {}
        [(at, task)] => match super::decision(&task.text).or_else(|| Decision::ALL.get(*at).copied()) {
            Some(decision) => answer.decision = Some(decision),
            None => form.rejected.push(Rejected {
                place: format!("line {}", task.line),
                message: say!("`{word}` is not a decision", word = task.text.trim()),
                help: say!("tick one of the boxes of the checklist"),
            }),
        },
        several => {
            let lines: Vec<String> = several.iter().map(|(_, one)| one.line.to_string()).collect();
            form.rejected.push(Rejected {
                place: answer.place.clone(),
                message: say!(
                    "`{id}` has more than one box ticked: lines {lines}",
                    id = answer.reference,
                    lines = lines.join(", ")
                ),
                help: say!("leave one"),
            });
            return;
        }
    }
    for one in item.below.iter().filter(|one| one.task.is_none()) {
        let (label, value) = labelled(one);
        if is_label(label, "review.reason") {
            answer.reason = filled(value);
        } else if is_label(label, "review.owner") {
            answer.owner = filled(value);
        } else if is_label(label, "review.due") {
            set_due(&mut answer, value, &mut form.rejected);
        }
    }
    if answer.is_filled() {
        form.answers.push(answer);
    }
}

/// `Label: value`.
fn labelled(item: &Item) -> (&str, &str) {
    item.text.split_once(':').unwrap_or((&item.text, ""))
}

/// The items of all lists, those below others inside them.
fn items(text: &str) -> Vec<Item> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |at: usize| starts.partition_point(|start| *start <= at);
    let mut top: Vec<Item> = Vec::new();
    let mut open: Vec<Item> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TASKLISTS).into_offset_iter() {
        match event {
            Event::Start(Tag::Item) => open.push(Item { line: line(range.start), ..Item::default() }),
            Event::End(TagEnd::Item) => {
                let Some(item) = open.pop() else { continue };
                match open.last_mut() {
                    Some(parent) => parent.below.push(item),
                    None => top.push(item),
                }
            }
            Event::TaskListMarker(ticked) => {
                if let Some(item) = open.last_mut() {
                    item.task = Some(ticked);
                }
            }
            Event::Code(code) => {
                if let Some(item) = open.last_mut() {
                    item.text.push_str(&code);
                    item.code = Some(code.to_string());
                }
            }
            Event::Text(text) => {
                if let Some(item) = open.last_mut() {
                    item.text.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(item) = open.last_mut() {
                    item.text.push(' ');
                }
            }
            _ => {}
        }
    }
    top
}
