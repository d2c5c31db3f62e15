//! The items of a form, by phase and step: the answer, what was observed, a note, a photograph, what will be done.

use super::head::ANSWERS;
use super::{SurveyRow, Tongues, harmless, shown};
use crate::document::{Checklist, ChecklistItem, MeasureLimits, PhaseItems, StepItems};
use crate::forms::question_names;

/// The sign of a critical item, which survives a screen without colours.
const CRITICAL: &str = "▲ ";

/// How large a photograph is sent, at most.
const PIXELS: &str = "max-pixels=1024";

/// Units of which there is no half.
const WHOLE: [&str; 2] = ["", "rings"];

/// The same phase, step or item in each language.
type Each<'a, T> = Vec<&'a T>;

/// The rows.
pub(super) fn rows(tongues: &Tongues) -> Vec<SurveyRow> {
    let mut rows = Vec::new();
    for index in 0..tongues.first().phases.len() {
        let phases: Each<PhaseItems> = tongues.0.iter().filter_map(|checklist| checklist.phases.get(index)).collect();
        phase(tongues, &phases, &mut rows);
    }
    rows
}

fn phase(tongues: &Tongues, phases: &[&PhaseItems], rows: &mut Vec<SurveyRow>) {
    let Some(first) = phases.first() else { return };
    let title = |(checklist, phase): (&Checklist, &&PhaseItems)| {
        let title = format!("{}. {}", phase.number, shown(&phase.title));
        if checklist.many_sequences { format!("{title} · {}", shown(&phase.sequence)) } else { title }
    };
    let name = format!("phase_{}", first.number);
    let titles = tongues.0.iter().zip(phases).map(title).collect();
    rows.push(SurveyRow::new("begin_group", &name).spoken("label", titles));
    for index in 0..first.steps.len() {
        let steps: Each<StepItems> = phases.iter().filter_map(|phase| phase.steps.get(index)).collect();
        step(tongues, &format!("step_{}_{}", first.number, index + 1), &steps, rows);
    }
    rows.push(SurveyRow::new("end_group", ""));
}

fn step(tongues: &Tongues, name: &str, steps: &[&StepItems], rows: &mut Vec<SurveyRow>) {
    let Some(first) = steps.first() else { return };
    let title = |(checklist, step): (&Checklist, &&StepItems)| {
        let whole = || harmless(checklist.head.text("checklist.phase-whole"));
        let title = step.title.as_ref().map_or_else(whole, shown);
        if step.moment_of_truth { format!("★ {title}") } else { title }
    };
    // All of a step on one screen.
    let group = SurveyRow::new("begin_group", name).plain("appearance", "field-list");
    rows.push(group.spoken("label", tongues.0.iter().zip(steps).map(title).collect()));
    for index in 0..first.items.len() {
        let items: Each<ChecklistItem> = steps.iter().filter_map(|step| step.items.get(index)).collect();
        item(tongues, &items, rows);
    }
    rows.push(SurveyRow::new("end_group", ""));
}

fn item(tongues: &Tongues, items: &[&ChecklistItem], rows: &mut Vec<SurveyRow>) {
    let Some(first) = items.first() else { return };
    let name = question_names::item(first.number);
    let each = |text: &dyn Fn(&Checklist, &ChecklistItem) -> String| -> Vec<String> {
        tongues.0.iter().zip(items).map(|(checklist, item)| text(checklist, item)).collect()
    };
    rows.push(SurveyRow::literal(format!("{name}{}", question_names::REFERENCE), &first.standard.reference));
    let answer = SurveyRow::new(format!("select_one {ANSWERS}"), &name).plain("appearance", "minimal");
    rows.push(answer.spoken("label", each(&label)).spoken("hint", each(&hint)));
    let observed = first.limit.as_ref().map(|limit| observed(&name, limit));
    let value = observed.as_ref().map(|observed| observed.name.clone());
    if let Some(Observed { name: value, kind, constraint, key, message }) = observed {
        let unit = |item: &ChecklistItem| item.standard.measure.as_ref().map(|measure| measure.unit.clone());
        let labelled = |checklist: &Checklist, item: &ChecklistItem| {
            let label = harmless(checklist.head.text("checklist.observed"));
            match unit(item).filter(|unit| !unit.is_empty()) {
                Some(unit) => format!("{label} ({})", harmless(&unit)),
                None => label,
            }
        };
        let mut row = SurveyRow::new(kind, value)
            .plain("relevant", format!("${{{name}}} = '' or ${{{name}}} = 'met' or ${{{name}}} = 'not_met'"))
            .plain("constraint", constraint)
            .spoken("label", each(&labelled));
        if let Some(key) = key {
            row = row.spoken("hint", tongues.words(key));
        }
        if let Some(message) = message {
            row = row.spoken("constraint_message", tongues.words(message));
        }
        rows.push(row);
    }
    // Whatever was answered, more can be said of it.
    let touched = match &value {
        Some(value) => format!("${{{name}}} != '' or ${{{value}}} != ''"),
        None => format!("${{{name}}} != ''"),
    };
    let note = SurveyRow::new("text", format!("{name}_note")).plain("relevant", &touched);
    let note = note.plain("required", format!("${{{name}}} = 'n_a'")).spoken("label", tongues.words("xlsform.note"));
    rows.push(note.spoken("required_message", tongues.words("xlsform.needs-reason")));
    let photo = SurveyRow::new("image", format!("{name}{}", question_names::PHOTO)).plain("relevant", &touched);
    rows.push(photo.plain("parameters", PIXELS).spoken("label", tongues.words("xlsform.photo")));
    let failed = match &value {
        Some(value) => format!("${{{name}}} = 'not_met' or (${{{name}}} = '' and ${{{value}}} != '')"),
        None => format!("${{{name}}} = 'not_met'"),
    };
    let action = SurveyRow::new("text", format!("{name}_action")).plain("relevant", failed);
    rows.push(action.spoken("label", tongues.words("checklist.action-what")));
    for (kind, behind, key) in [("text", "_owner", "checklist.action-owner"), ("date", "_due", "checklist.action-due")]
    {
        let relevant = format!("${{{name}_action}} != ''");
        let row = SurveyRow::new(kind, format!("{name}{behind}")).plain("relevant", relevant);
        rows.push(row.spoken("label", tongues.words(key)));
    }
}

/// The question that an item puts: its number, what it demands.
fn label(checklist: &Checklist, item: &ChecklistItem) -> String {
    let standard = &item.standard;
    let critical = if standard.critical { CRITICAL } else { "" };
    let handoff = standard.handoff.as_ref().map(|_| format!("{}. ", checklist.head.text("checklist.handoff")));
    let draft = if standard.draft { format!(" ({})", checklist.head.text("common.draft")) } else { String::new() };
    let handoff = harmless(&handoff.unwrap_or_default());
    let gap = if handoff.is_empty() { "" } else { " " };
    format!("{}. {critical}{handoff}{gap}{}{}", item.number, shown(&standard.text), harmless_behind(&draft))
}

/// A text behind another, which keeps the space before it.
fn harmless_behind(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {}", harmless(text)) }
}

/// How an item is judged: level, how it is verified, the measure.
fn hint(_: &Checklist, item: &ChecklistItem) -> String {
    let standard = &item.standard;
    let measure = standard.measure.as_ref().map(|measure| match &measure.what {
        Some(what) => format!("{}: {}", shown(what), harmless(&measure.bound)),
        None => harmless(&measure.bound),
    });
    let parts = [standard.numeral.to_owned(), harmless(&standard.verify)].into_iter().chain(measure);
    parts.collect::<Vec<_>>().join(" · ")
}

/// The question for what was observed.
struct Observed {
    name: String,
    kind: &'static str,
    constraint: &'static str,
    /// The key of its hint.
    key: Option<&'static str>,
    /// The key of what is said where the constraint does not hold.
    message: Option<&'static str>,
}

/// A figure, where one is asked for; where it must hold only in a share of cases, several may have been seen.
fn observed(item: &str, limit: &MeasureLimits) -> Observed {
    if limit.share < 1.0 {
        let name = format!("{item}_values");
        return Observed { name, kind: "text", constraint: "", key: Some("xlsform.several"), message: None };
    }
    let kind = if WHOLE.contains(&limit.unit.as_str()) { "integer" } else { "decimal" };
    // A share of one would be read as a percentage, or the other way round.
    let (constraint, message) = match limit.unit.as_str() {
        "%" => (". = 0 or . > 1", Some("xlsform.percent")),
        _ => ("", None),
    };
    Observed { name: format!("{item}{}", question_names::FIGURE), kind, constraint, key: None, message }
}
