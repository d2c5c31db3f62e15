//! All texts of the author's own files.

use crate::book::{Book, Handoff, Home, Id, Measure, Phase, Status, Step, Teaching, Text, TraitUse};

/// Every text that documents show in the reader's language. A title that only repeats the id is none, retired standards
/// are left out, and `sources` may stay in the language of the source.
pub(crate) fn texts(book: &Book) -> Vec<&Text> {
    let mut all: Vec<&Text> = vec![&book.title];
    all.extend(book.areas.iter().filter_map(|area| title(&area.id, &area.title)));
    for sequence in &book.sequences {
        all.extend(title(&sequence.id, &sequence.title));
        sequence.phases.iter().for_each(|inner| phase(inner, &mut all));
    }
    for of_trait in book.own_traits() {
        all.extend(title(&of_trait.id, &of_trait.title));
        all.extend(of_trait.meaning.iter().chain(&of_trait.question));
        for pattern in &of_trait.patterns {
            all.push(&pattern.text);
            measure(pattern.measure.as_ref(), &mut all);
            teaching(&pattern.teaching, &mut all);
        }
    }
    for role in book.roles.iter().filter(|role| role.home == Home::Book) {
        all.extend(title(&role.id, &role.title));
        all.extend(&role.duties);
    }
    for department in book.departments.iter().filter(|department| department.home == Home::Book) {
        all.extend(title(&department.id, &department.title));
    }
    // The title of a site is the name over its door, the same in each language unless the author says otherwise; so it
    // counts only where it is given in several.
    all.extend(book.sites.iter().filter_map(|site| title(&site.id, &site.title)).filter(|title| title.0.len() > 1));
    all.extend(book.chapters.iter().map(|chapter| &chapter.text));
    all
}

/// What sites are called, in however many languages.
pub(in crate::check) fn site_titles(book: &Book) -> impl Iterator<Item = &Text> {
    let titles = book.sites.iter().filter_map(|site| title(&site.id, &site.title));
    titles.filter(|title| title.0.len() == 1)
}

fn title<'a>(id: &Id, title: &'a Text) -> Option<&'a Text> {
    Some(title).filter(|title| title.span() != id.span)
}

fn phase<'a>(phase: &'a Phase, all: &mut Vec<&'a Text>) {
    all.extend(title(&phase.id, &phase.title));
    all.extend(&phase.wants);
    uses(&phase.traits, all);
    phase.steps.iter().for_each(|inner| step(inner, all));
    for standard in phase.standards.iter().filter(|standard| standard.status != Status::Retired) {
        all.push(&standard.text);
        measure(standard.measure.as_ref(), all);
        teaching(&standard.teaching, all);
    }
    all.extend(phase.waivers.iter().map(|waiver| &waiver.why));
    all.extend(phase.scenarios.iter().flat_map(|scenario| [&scenario.title, &scenario.situation]));
}

fn step<'a>(step: &'a Step, all: &mut Vec<&'a Text>) {
    let lanes = [&step.title, &step.evidence, &step.customer, &step.staff, &step.backstage, &step.support];
    all.extend(lanes.into_iter().flatten());
    all.extend(step.fail_point.iter().flat_map(|fail| std::iter::once(&fail.what).chain(&fail.recovery)));
    uses(&step.traits, all);
    all.extend(step.handoffs.iter().flat_map(|Handoff { what, via, .. }| std::iter::once(what).chain(via)));
}

fn uses<'a>(uses: &'a [TraitUse], all: &mut Vec<&'a Text>) {
    all.extend(uses.iter().filter_map(|used| used.why.as_ref()));
}

fn measure<'a>(measure: Option<&'a Measure>, all: &mut Vec<&'a Text>) {
    all.extend(measure.and_then(|measure| measure.what.as_ref()));
}

fn teaching<'a>(teaching: &'a Teaching, all: &mut Vec<&'a Text>) {
    let Teaching { why, how, say, avoid, sources: _, countries: _, image } = teaching;
    all.extend(why.iter().chain(how).chain(say).chain(avoid).chain(image.iter().map(|image| &image.alt)));
}
