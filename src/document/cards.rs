//! Flash cards: thresholds, reasons and key points, words, the order of steps, hand-offs.

use serde::Serialize;

use super::head::Head;
use super::kind::DocumentKind;
use super::prose::Prose;
use super::questions::figures_of;
use super::scope::{Request, Scope, ShownPhase};
use crate::book::{Step, Text};
use crate::edition::Selected;
use crate::method::Origin;

/// The view of a deck of flash cards.
#[derive(Clone, Debug, Serialize)]
pub struct Cards {
    /// What it is.
    pub head: Head,
    /// Cards in service order.
    pub cards: Vec<Card>,
}

/// A flash card.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The id, of the oldest names of what it asks about: a new wording, or a new name, replaces the old card.
    pub id: String,
    /// Where it belongs: the phase, and the step where there is one.
    pub place: Vec<Prose>,
    /// What is asked.
    pub task: String,
    /// What it is about.
    pub about: Option<Prose>,
    /// The answer, in lines.
    pub answer: CardAnswer,
    /// The standard in full, under the answer, where it is not what was asked about.
    pub afterwards: Option<Prose>,
    /// Phase, level, type, traits and roles, each as `KIND::ID`.
    pub tags: Vec<String>,
}

/// What stands on the back of a card.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CardAnswer {
    /// One line, or several in no order.
    Lines(Vec<Prose>),
    /// Lines in order.
    Order(Vec<Prose>),
    /// Lines with what each is.
    Labelled(Vec<(String, Prose)>),
}

/// Composes the cards.
pub fn cards(request: Request) -> Cards {
    let scope = Scope::of(request);
    let cards = scope.parts().flat_map(|part| of_phase(&scope, &part)).collect();
    Cards { cards, head: Head::of(DocumentKind::Cards, &scope) }
}

fn of_phase(scope: &Scope, part: &ShownPhase) -> Vec<Card> {
    let mut cards = Vec::new();
    let applies = |step: &&Step| scope.holds(&step.when);
    let steps: Vec<Prose> =
        part.phase.steps.iter().filter(applies).filter_map(|step| Some(scope.prose(step.label()?))).collect();
    if steps.len() > 1 {
        cards.push(Card {
            id: format!("{} {} order", part.sequence.id.oldest(), part.phase.id.oldest()),
            place: vec![scope.prose(&part.phase.title)],
            task: scope.text("cards.order"),
            about: None,
            answer: CardAnswer::Order(steps),
            afterwards: None,
            tags: vec![format!("phase::{}", part.phase.id.name)],
        });
    }
    let figures = figures_of(scope, part);
    for selected in part.standards {
        let figure = figures.iter().find(|figure| figure.selected.standard.id.name == selected.standard.id.name);
        cards.extend(figure.map(|figure| {
            let level = scope.text(&format!("level.{}", selected.standard.level));
            let task = scope.interface.fill("manual.quiz.threshold", &[("level", &level)]);
            let right = figure.choices.get(figure.right).cloned().unwrap_or_default();
            let card = card(scope, part, selected, "figure", task, CardAnswer::Lines(vec![right]));
            Card { about: Some(figure.about.clone()), afterwards: Some(scope.prose(&selected.text)), ..card }
        }));
        let teaching = &selected.standard.teaching;
        let why: Vec<Text> = teaching.why.iter().cloned().collect();
        let lists = [("why", &why), ("how", &teaching.how), ("say", &teaching.say), ("avoid", &teaching.avoid)];
        for (kind, texts) in lists.into_iter().filter(|(_, texts)| !texts.is_empty()) {
            let [open, close] = scope.interface.quotes();
            let line = |text: Prose| if matches!(kind, "say" | "avoid") { text.wrapped(open, close) } else { text };
            let lines = scope.proses(texts).into_iter().map(line).collect();
            let answer = if kind == "how" { CardAnswer::Order(lines) } else { CardAnswer::Lines(lines) };
            cards.push(card(scope, part, selected, kind, scope.text(&format!("cards.{kind}")), answer));
        }
        if let Origin::Handoff(parts) = &selected.standard.origin {
            let view = scope.handoff(parts);
            let mut lines = vec![("receiver", view.receiver), ("content", view.content)];
            lines.extend(view.channel.map(|channel| ("channel", channel)));
            lines.extend(view.limit.map(|limit| ("limit", Prose::plain(limit))));
            let label = |(key, text): (&str, Prose)| (scope.text(&format!("handoff.{key}")), text);
            let answer = CardAnswer::Labelled(lines.into_iter().map(label).collect());
            let task = scope.text("cards.handoff");
            cards.push(Card { about: None, ..card(scope, part, selected, "handoff", task, answer) });
        }
    }
    cards
}

fn card(scope: &Scope, part: &ShownPhase, selected: &Selected, kind: &str, task: String, answer: CardAnswer) -> Card {
    let standard = selected.standard;
    let step = standard.step.and_then(|index| part.phase.steps.get(index)).and_then(|step| step.label());
    let mut tags = vec![
        format!("phase::{}", part.phase.id.name),
        format!("level::{}", standard.level),
        format!("type::{}", standard.kind),
    ];
    tags.extend(standard.traits.iter().map(|name| format!("trait::{name}")));
    tags.extend(selected.roles.iter().map(|name| format!("role::{name}")));
    if standard.critical {
        tags.push("critical".to_owned());
    }
    Card {
        id: format!("{} {} {kind}", part.sequence.id.oldest(), standard.id.oldest()),
        place: std::iter::once(&part.phase.title).chain(step).map(|title| scope.prose(title)).collect(),
        task,
        about: Some(scope.prose(&selected.text)),
        answer,
        afterwards: None,
        tags,
    }
}
