//! Standards: browse and search them, and a page for each.

use serde_json::{Value as Json, json};

use super::documents::asks;
use super::{Trouble, address};
use crate::book::{Language, Status, Text, Worded};
use crate::desk::answer::Answer;
use crate::desk::ask::{Ask, Picked};
use crate::desk::book::Opened;
use crate::desk::server::DeskState;
use crate::document::audit_report::{ReportRow, ReportTable, Section};
use crate::document::{Prose, Request, why, why_of};
use crate::edition::{Filter, select};
use crate::language::Interface;
use crate::method::{CellState, MatrixCell, Standard};
use crate::text::folded;

/// The standards, by what was searched for.
pub(super) fn page(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let project = &opened.project;
    let book = &project.loaded.book;
    let picked = Picked::of(&ask.query, book, ask.interface);
    let filter = picked.filter.of_any_status();
    let wanted_status = ask.query.get("status").and_then(|word| word.parse::<Status>().ok());
    let wanted = ask.query.get("text").map(folded).unwrap_or_default();
    let holds = |standard: &Standard, text: &Text| {
        let mut texts = text.0.iter().map(|worded| folded(&worded.text));
        wanted.is_empty() || standard.id.name.contains(&wanted) || texts.any(|text| text.contains(&wanted))
    };
    let chosen = select(book, &project.standards, picked.site, &filter);
    let found: Vec<_> = chosen
        .iter()
        .filter(|chosen| wanted_status.is_none_or(|status| chosen.standard.status == status))
        .filter(|chosen| holds(chosen.standard, &chosen.text))
        .collect();
    let groups: Vec<Json> = found
        .chunk_by(|a, b| (a.standard.sequence, a.standard.phase) == (b.standard.sequence, b.standard.phase))
        .filter_map(|standards| {
            let first = standards.first()?.standard;
            let phase = book.phase_at(first.sequence, first.phase)?;
            let lines = standards.iter().map(|chosen| {
                let Standard { id, critical, status, .. } = chosen.standard;
                let level = chosen.standard.decided_level();
                json!({
                    "id": id.name, "text": opened.worded(&chosen.text, ask.interface), "critical": critical,
                    "level": level.map(|level| ask.interface.text(&format!("level.{level}")).to_owned()),
                    "status": (*status != Status::Active).then(|| ask.interface.text(&format!("status.{}", status.word())).to_owned()),
                })
            });
            Some(json!({"title": opened.worded(&phase.title, ask.interface), "standards": lines.collect::<Vec<_>>()}))
        })
        .collect();
    let asks = asks(&opened, ask, &ask.query);
    let view = json!({
        "groups": groups, "asks": asks, "text": ask.query.get("text"), "gaps": gaps(&opened, ask.interface),
        "matrix": address("/documents/show", &[("kind", Some("matrix")), ("format", Some("html")), ("lang", Some(picked.language.tag()))]),
        "count": ask.interface.count("checklist.items", found.len()),
    });
    Ok(super::page(inside, ask, &opened, "standards", &view))
}

/// The cells that the book aims at and nothing fills, a row a trait in a phase.
fn gaps(opened: &Opened, words: &Interface) -> Vec<Json> {
    let project = &opened.project;
    let book = &project.loaded.book;
    let language = Language::new(words.tag());
    let missing: Vec<&MatrixCell> =
        project.standards.cells.iter().filter(|cell| cell.state == CellState::Missing).collect();
    let is_of_row =
        |a: &&MatrixCell, b: &&MatrixCell| (a.sequence, a.phase, &a.of_trait) == (b.sequence, b.phase, &b.of_trait);
    let row = |cells: &[&MatrixCell]| {
        let first = cells.first()?;
        let phase = book.phase_at(first.sequence, first.phase)?;
        let of_trait = book.traits.iter().find(|of_trait| of_trait.id.name == first.of_trait);
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| {
                format!(
                    "{}, {}",
                    words.text(&format!("type.{}", cell.kind)),
                    words.text(&format!("level.{}", cell.level))
                )
            })
            .collect();
        Some(json!({
            "phase": best(&phase.title, &language, opened), "cells": cells,
            "trait": of_trait.map_or_else(|| first.of_trait.clone(), |of_trait| best(&of_trait.title, &language, opened)),
        }))
    };
    missing.chunk_by(is_of_row).filter_map(row).collect()
}

/// The page of a standard, by its id or a former one.
pub(super) fn standard(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let (project, words) = (&opened.project, ask.interface);
    let book = &project.loaded.book;
    let name = ask.path.trim_start_matches("/standards/");
    let all = &project.standards.all;
    let place = all.iter().position(|standard| standard.id.name == name);
    let place = place.or_else(|| all.iter().position(|standard| standard.id.has_been(name))).ok_or(Trouble::Missing)?;
    let standard = &all[place];
    let spoken = Language::new(words.tag());
    let title = |text: &Text| opened.worded(text, words);
    let sequence = book.sequences.get(standard.sequence);
    let phase = sequence.and_then(|sequence| sequence.phases.get(standard.phase));
    let step = standard.step.and_then(|step| phase?.steps.get(step));
    let trail = [sequence.map(|sequence| title(&sequence.title)), phase.map(|phase| title(&phase.title))];
    let trail = trail.into_iter().chain([step.and_then(|step| step.label()).map(title)]).flatten();
    let trail: Vec<Json> = trail.filter(|part| part["text"] != "").collect();
    // Every text in all its languages, each by the name of its own.
    let texts = |text: &Text| -> Vec<Json> {
        let one = |worded: &Worded| {
            let tag = worded.language.tag();
            let name = Interface::named(tag).map_or(tag, |of_language| of_language.text("name"));
            json!({"lang": tag, "language": name, "text": worded.text})
        };
        text.0.iter().map(one).collect()
    };
    let teaching: Vec<Json> =
        standard
            .teaching
            .fields()
            .into_iter()
            .filter(|(_, texts)| !texts.is_empty())
            .map(|(key, values)| {
                let mut values: Vec<Vec<Json>> = values.iter().map(texts).collect();
                if key == "sources" {
                    let countries = standard.teaching.references().map(|(_, country)| country);
                    values.iter_mut().zip(countries).for_each(|(texts, country)| {
                        texts.extend(country.map(
                            |country| json!({"lang": words.tag(), "language": null, "text": words.country(country)}),
                        ));
                    });
                }
                json!({"title": words.text(&format!("desk.teaching.{key}")), "texts": values})
            })
            .collect();
    let role = |role: &String| match book.role(role) {
        Some(known) => opened.worded(&known.title, words),
        None => json!({"text": role, "lang": null}),
    };
    let roles: Vec<Json> = standard.roles.iter().map(role).collect();
    let view = json!({
        "id": standard.id.name, "reference": format!("{}@{}", standard.id.name, standard.stamp),
        "text": title(&standard.text), "texts": texts(&standard.text), "place": trail,
        "level": standard.decided_level().map(|level| words.text(&format!("level.{level}")).to_owned()),
        "type": standard.decided_kind().map(|kind| words.text(&format!("type.{kind}")).to_owned()),
        "verify": words.text(&format!("verify.{}", standard.verify)), "critical": standard.critical,
        "status": words.text(&format!("status.{}", standard.status)), "roles": roles, "teaching": teaching,
        "why": why_it_is_there(&opened, place, &spoken),
    });
    Ok(super::page(inside, ask, &opened, "standard", &view))
}

/// What led to a standard and what came of it, part by part; the first two columns of a row tell what they are, the others
/// and figures stand behind their heads.
fn why_it_is_there(opened: &Opened, place: usize, language: &Language) -> Vec<Json> {
    let Some(told) = why_of(&opened.project, &opened.records, place) else { return Vec::new() };
    let filter = Filter::default();
    let view = why(Request::of(&opened.project, &filter, language), &told);
    let rows = |table: &ReportTable| -> Vec<Vec<Json>> {
        let row = |row: &ReportRow| -> Vec<Json> {
            let cells = row.cells.iter().zip(&table.columns).enumerate().map(|(index, (cell, column))| {
                let code = cell.code.as_ref().map(Prose::characters);
                json!({
                    "label": (index > 1 || cell.number.is_some()).then_some(&column.title), "text": cell.text.characters(), "lang": cell.text.lang,
                    "code": code,
                })
            });
            cells.filter(|cell| cell["text"] != "" || !cell["code"].is_null()).collect()
        };
        table.rows.iter().map(row).collect()
    };
    let section = |section: &Section| {
        let rows: Vec<Vec<Json>> = section.tables.iter().flat_map(rows).collect();
        json!({"title": section.title, "rows": rows})
    };
    view.sections.iter().map(section).collect()
}

fn best(text: &Text, language: &Language, opened: &Opened) -> String {
    opened.project.loaded.book.in_language(text, language).unwrap_or_default().to_owned()
}
