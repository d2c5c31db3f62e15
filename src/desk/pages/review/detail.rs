//! A review, and one standard of it with the evidence beside the decision.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::decide::{People, entry, role_named, state};
use super::{named, review_address, spoken, unfit_to_tell};
use crate::book::Language;
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::{Opened, unfit};
use crate::desk::pages::rounds::owner_title;
use crate::desk::pages::said::{Said, called};
use crate::desk::pages::{MAX_REASON, Trouble, meanwhile, page, state_of};
use crate::desk::server::DeskState;
use crate::document::Prose;
use crate::document::review::kept::asked;
use crate::document::review::{ReviewChecklist, ReviewItem, reopened_in_words, review_checklist};
use crate::edit::review::{Decided, left};
use crate::language::Interface;
use crate::review::{Review, ReviewEntry};
use crate::say;

/// A decision's page.
#[derive(Serialize)]
struct ItemView<'a> {
    item: &'a ReviewItem,
    decisions: &'a [crate::document::review::DecisionKey],
    #[serde(flatten)]
    others: serde_json::Map<String, Json>,
}

/// What is known of every standard of the review, in the language of the page.
fn checklist(opened: &Opened, review: &Review, words: &Interface) -> ReviewChecklist {
    let project = &opened.project;
    // A book without the language of the page gives its own words for its texts; the program's are still in that of the page.
    let language = Language::new(spoken(opened, words).unwrap_or(words.tag()));
    asked(project, (&opened.records, review), &language, false, review_checklist)
}

/// A review: its standards with what is decided, and how it ends.
pub(in crate::desk::pages) fn detail(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    detail_page(inside, ask, &opened, named(&opened, ask.query.get("name"))?, None)
}

/// The same page, where somebody else wrote who decides meanwhile: what stands there now is said, and what was typed stays in the
/// fields.
pub(super) fn typed_people(inside: &DeskState, ask: &Ask, typed: People) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let review = named(&opened, ask.form.get("name"))?;
    let People { reviewers, added } = People::of(review);
    let now: Vec<Option<&str>> = reviewers.iter().chain(&added).map(|line| Some(line.as_str())).collect();
    let said = Said::meanwhile(ask.interface.say(&meanwhile(now)));
    detail_page(inside, ask, &opened, review, Some((Some(typed), said)))
}

/// The same page where something of it was refused, with what was typed and what is lacking.
///
/// # Errors
/// The trouble itself, where the page cannot be shown or its words are no help there.
pub(super) fn refused(
    inside: &DeskState,
    ask: &Ask,
    typed: Option<People>,
    trouble: Trouble,
) -> Result<Answer, Trouble> {
    let Ok(opened) = inside.shelf.book() else { return Err(trouble) };
    let Ok(review) = named(&opened, ask.form.get("name")) else { return Err(trouble) };
    // What a closed review has no field for would be lost.
    if !opened.errors.is_empty() || typed.is_some() && review.closed.is_some() {
        return Err(trouble);
    }
    let said = Said::of(trouble, &opened, ask.interface)?;
    detail_page(inside, ask, &opened, review, Some((typed, said)))
}

/// What of a review a page shows that closes it or opens it again: all that its file says.
pub(super) fn state_of_review(opened: &Opened, review: &Review) -> String {
    state_of(&opened.project.loaded.sources.get(review.file).text.to_string())
}

/// What is done to a review that somebody else changed since the page was made: nothing, and the page is shown as it is now.
pub(super) fn changed(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let review = named(&opened, ask.form.get("name"))?;
    let message = say!("this review was changed meanwhile: look at it as it is now. Nothing was written");
    let said = Said::meanwhile(ask.interface.say(&message));
    detail_page(inside, ask, &opened, review, Some((None, said)))
}

fn detail_page(
    inside: &DeskState,
    ask: &Ask,
    opened: &Opened,
    review: &Review,
    typed: Option<(Option<People>, Said)>,
) -> Result<Answer, Trouble> {
    let words = ask.interface;
    // What the book does not tell while it has errors is not gone from it.
    let unfit = (!opened.errors.is_empty()).then(|| words.say(&unfit_to_tell(opened.errors.len())));
    let list = unfit.is_none().then(|| checklist(opened, review, words));
    let from_people = People::of(review).state();
    let (typed, said) = typed.unzip();
    let people = typed.flatten();
    let reviewers = match &people {
        Some(typed) => typed.reviewers.clone(),
        None => review.reviewers.iter().map(|name| written_out(opened, name, words)).collect(),
    };
    let added = people.map_or_else(|| People::of(review).added, |people| people.added);
    let status = said.as_ref().map(|said| said.status);
    let is_reopening = ask.path == "/review/reopen";
    // In the language of the page, which the book need not have.
    let decision = |word: &str| words.text(&format!("decision.{word}")).to_owned();
    let level =
        |word: &str| if word.is_empty() { String::new() } else { words.text(&format!("level.{word}")).to_owned() };
    let groups: Vec<Json> = list
        .iter()
        .flat_map(|list| list.phases.iter())
        .map(|phase| {
            let items = phase.items.iter().map(|item| {
                let path = review_address("/review/item", review, &[("standard", Some(&item.id))]);
                json!({
                    "path": path, "text": {"text": item.text.characters(), "lang": item.text.lang}, "level": level(item.level), "critical": item.critical,
                    "decision": item.decision.map(decision), "due": item.due, "overdue": item.overdue,
                    "owner": item.owner_label, "proposal": item.proposal.is_some(),
                })
            });
            json!({"title": {"text": phase.title.characters(), "lang": phase.title.lang}, "items": items.collect::<Vec<_>>()})
        })
        .collect();
    let todo = if review.closed.is_some() && review.carried_out.is_none() && unfit.is_none() {
        left(&opened.project, review)
    } else {
        Vec::new()
    };
    let is_doable = todo.iter().any(|todo| todo.is_doable);
    let todo: Vec<Json> = todo
        .iter()
        .map(|todo| {
            json!({"message": called(opened, &todo.message, words), "help": todo.help.as_ref().map(|help| words.say(help)), "is_late": todo.is_late})
        })
        .collect();
    let next = review.undecided().next().map(|entry| {
        let id = entry.standard.and_then(|index| opened.project.standards.all.get(index));
        review_address(
            "/review/item",
            review,
            &[("standard", Some(id.map_or(entry.id.as_str(), |standard| &standard.id.name)))],
        )
    });
    let undecided = review.undecided().count();
    let reopened: Vec<String> = review.reopened.iter().map(|again| reopened_in_words(words, again)).collect();
    let view = json!({
        "name": review.name, "opened": review.opened.map(|day| words.date(day)),
        "closed": review.closed.as_ref().map(|closed| words.date(closed.value)),
        "carried_out": review.carried_out.map(|day| words.date(day)), "next": review.next.map(|day| words.date(day)),
        "unfit": unfit, "reopened": reopened, "groups": groups, "todo": todo, "is_doable": is_doable, "undecided_path": next,
        "undecided": undecided, "decided": review.entries.len() - undecided, "all": review.entries.len(),
        "progress": words.fill("desk.review.decided", &[
            ("n", &(review.entries.len() - undecided).to_string()), ("of", &review.entries.len().to_string()),
        ]),
        "reviewers": reviewers, "added": added, "documents": documents(opened, review, words), "said": said,
        "reviewer_titles": review.reviewers.iter().map(|name| owner_title(opened, name, words)).collect::<Vec<_>>(),
        "from_people": from_people, "from": state_of_review(opened, review),
        "is_reopening": is_reopening, "typed_reason": ask.form.get("reason").filter(|_| is_reopening),
    });
    let page = page(inside, ask, opened, "review-one", &view);
    Ok(status.into_iter().fold(page, Answer::status))
}

/// Somebody who decides, as a field has them: by the title of the role, where that is told from all others.
fn written_out(opened: &Opened, name: &str, words: &Interface) -> String {
    let title = owner_title(opened, name, words);
    let is_told = role_named(&opened.project.loaded.book, &title).is_some_and(|role| role == name);
    if is_told { title } else { name.to_owned() }
}

/// The documents of a review, each with its address.
fn documents(opened: &Opened, review: &Review, words: &Interface) -> Vec<Json> {
    let kinds = ["review-report", "review-checklist"];
    kinds
        .into_iter()
        .map(|kind| {
            let more = [("kind", Some(kind)), ("format", Some("html")), ("lang", spoken(opened, words))];
            json!({"title": words.text(&format!("document.{kind}")), "path": review_address("/review/document", review, &more)})
        })
        .collect()
}

/// One standard: the evidence, and what is decided.
pub(in crate::desk::pages) fn item(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    if !opened.errors.is_empty() {
        return Err(unfit(opened.errors.len()).into());
    }
    let standard = ask.query.get("standard").ok_or(Trouble::Missing)?;
    item_page(inside, ask, &opened, (ask.query.get("name"), standard), None)
}

/// The same page, where somebody else decided meanwhile: what stands there now is said, and what was typed stays in the fields.
pub(super) fn typed(
    inside: &DeskState,
    ask: &Ask,
    (name, standard): (Option<&str>, &str),
    typed: &Decided,
) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    item_page(inside, ask, &opened, (name, standard), Some((typed, None)))
}

/// The same page where a decision was refused, with what was typed and what is lacking.
///
/// # Errors
/// The trouble itself, where the page has no form to show again or the words are no help there.
pub(super) fn decision_refused(
    inside: &DeskState,
    ask: &Ask,
    asked: (Option<&str>, &str),
    typed: &Decided,
    trouble: Trouble,
) -> Result<Answer, Trouble> {
    let Ok(opened) = inside.shelf.book() else { return Err(trouble) };
    let is_open = named(&opened, asked.0).is_ok_and(|review| review.closed.is_none());
    if !opened.errors.is_empty() || !is_open {
        return Err(trouble);
    }
    let said = Said::of(trouble, &opened, ask.interface)?;
    item_page(inside, ask, &opened, asked, Some((typed, Some(said))))
}

fn item_page(
    inside: &DeskState,
    ask: &Ask,
    opened: &Opened,
    (name, standard): (Option<&str>, &str),
    typed: Option<(&Decided, Option<Said>)>,
) -> Result<Answer, Trouble> {
    let words = ask.interface;
    let review = named(opened, name)?;
    let list = checklist(opened, review, words);
    let all: Vec<(&ReviewItem, &Prose)> =
        list.phases.iter().flat_map(|phase| phase.items.iter().map(|item| (item, &phase.title))).collect();
    let place = all.iter().position(|(item, _)| item.id == standard).ok_or(Trouble::Missing)?;
    let beside = |place: Option<usize>| {
        let (item, _) = place.and_then(|place| all.get(place))?;
        Some(review_address("/review/item", review, &[("standard", Some(&item.id))]))
    };
    let (item, phase) = all.get(place).ok_or(Trouble::Missing)?;
    let entry = entry(opened, review, standard).ok_or(Trouble::Missing)?;
    let reason = item.reason.as_ref().and_then(|_| reason(opened, entry, words));
    let of_other = || {
        let decision = item.decision.map_or("review.undecided".to_owned(), |word| format!("decision.{word}"));
        let due = item.due.as_deref();
        let now = [Some(words.text(&decision)), reason.as_deref(), item.owner_label.as_deref(), due];
        Said::meanwhile(words.say(&meanwhile(now)))
    };
    let (typed, said) = typed.unzip();
    // What is refused is sent again about the same state of the book; what somebody else wrote has been seen by then.
    let from = said.iter().flatten().find_map(|_| ask.form.get("from")).map_or_else(|| state(entry), str::to_owned);
    let said = said.map(|said| said.unwrap_or_else(of_other));
    let status = said.as_ref().map(|said| said.status);
    let kept = Decided {
        decision: entry.decision.as_ref().map(|decision| decision.value),
        reason,
        owner: item.owner.clone(),
        due: entry.due,
    };
    let fields = typed.unwrap_or(&kept);
    let counted = [("n", (place + 1).to_string()), ("of", all.len().to_string())];
    let counted = counted.each_ref().map(|(name, value)| (*name, value.as_str()));
    let others = json!({
        "title": item.text.characters(), "review": review.name, "back": review_address("/review/one", review, &[]), "phase": {"text": phase.characters(), "lang": phase.lang},
        "most_said": words.fill("desk.review.most", &[("n", &words.number(MAX_REASON as f64))]),
        "earliest": review.opened.filter(|opened| fields.due.is_none_or(|due| due >= *opened)).map(|day| day.to_string()),
        "is_reason_in_several": entry.reason.as_ref().is_some_and(|reason| reason.0.len() > 1),
        "owners": owners(opened, fields.owner.as_deref(), words), "from": from, "said": said,
        "place": words.fill("desk.review.place", &counted),
        "before": beside(place.checked_sub(1)), "after": beside(Some(place + 1)),
        "is_closed": review.closed.is_some(), "reason": fields.reason, "due_day": fields.due.map(|day| day.to_string()),
        "decided": fields.decision.map(|decision| decision.to_string()),
    });
    let Json::Object(others) = others else { return Err(Trouble::Missing) };
    let view = ItemView { item, decisions: &list.decisions, others };
    let page = page(inside, ask, opened, "review-item", &view);
    Ok(status.into_iter().fold(page, Answer::status))
}

/// Who may carry a decision out: the roles, and whoever it is now.
fn owners(opened: &Opened, chosen: Option<&str>, words: &Interface) -> Vec<Json> {
    let roles = &opened.project.loaded.book.roles;
    let role = |name: &String| json!({"value": name, "title": owner_title(opened, name, words), "is_chosen": chosen == Some(name)});
    let other = chosen.filter(|owner| roles.iter().all(|role| role.id.name != **owner));
    let other = other.map(|other| json!({"value": other, "title": other, "is_chosen": true}));
    roles.iter().map(|one| role(&one.id.name)).chain(other).collect()
}

/// The reason as it is written, in the language of the page where it has it.
fn reason(opened: &Opened, entry: &ReviewEntry, words: &Interface) -> Option<String> {
    opened.text(entry.reason.as_ref()?, words).map(str::to_owned)
}
