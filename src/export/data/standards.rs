//! What is demanded: each standard as it stands and as it stood, its traits, and who keeps it where.

use std::collections::BTreeSet;

use super::column::ColumnType::{Bool, Decimal, Real, Text};
use super::column::{Heading, Table, Value};
use super::rows::Rows;
use crate::edition::Staffing;

pub(super) const HEADINGS: &[Heading] = &[
    ("book", Text, "the book"),
    ("edition", Text, "the edition; null for the book as it stands"),
    ("standard", Text, "id of the standard, as of now"),
    ("stamp", Text, "its wording"),
    ("oldest", Text, "the first id that it had"),
    ("sequence", Text, "id of the service sequence"),
    ("phase", Text, "id of the phase"),
    ("step", Text, "`PHASE.STEP`"),
    ("area", Text, "id of the service area"),
    ("type", Text, "personal, product or procedural"),
    ("level", Text, "basic, expected or exclusive"),
    ("aspect", Text, "performance, organisation or professionalism"),
    ("procedure", Text, "communication, documentation or transaction"),
    ("verify", Text, "how it is verified"),
    ("weight", Decimal, "how much it counts in scores"),
    ("critical", Bool, "whether failing it fails its phase"),
    ("status", Text, "draft, active or retired"),
    ("origin", Text, "written, derived or handoff"),
    ("bound", Text, "within, at-most, at-least or between, where it has a figure"),
    ("value", Real, "the figure"),
    ("high", Real, "the upper figure of `between`"),
    ("unit", Text, "its unit"),
    ("share", Decimal, "how often it must hold"),
    ("text", Text, "what it demands, in the source language"),
];

pub(super) const TRAITS: &[Heading] = &[
    ("book", Text, "the book"),
    ("edition", Text, "the edition; null for the book as it stands"),
    ("standard", Text, "id of the standard"),
    ("trait", Text, "id of the trait"),
];

pub(super) const ROLES: &[Heading] = &[
    ("book", Text, "the book"),
    ("edition", Text, "the edition; null for the book as it stands"),
    ("site", Text, "id of the site; null for the book as a whole"),
    ("standard", Text, "id of the standard"),
    ("role", Text, "id of the role that keeps it there"),
];

pub(super) fn fill(rows: &Rows<'_>, table: &mut Table) {
    for place in &rows.all {
        let standard = place.standard;
        let measure = standard.measure.as_ref();
        table.push([
            rows.options.book.into(),
            place.edition.into(),
            place.id.into(),
            (&standard.stamp).into(),
            standard.id.oldest().into(),
            place.sequence.into(),
            place.phase.into(),
            place.step.as_ref().into(),
            place.area.into(),
            standard.kind.word().into(),
            standard.level.word().into(),
            standard.aspect.word().into(),
            standard.procedure.map(|procedure| procedure.word()).into(),
            standard.verify.word().into(),
            Value::decimal(standard.weight),
            standard.critical.into(),
            standard.status.word().into(),
            standard.origin.word().into(),
            measure.map(|measure| measure.bound.key()).into(),
            measure.map_or(Value::Null, |measure| Value::Real(measure.value.value)),
            measure.and_then(|measure| measure.high.as_ref()).map_or(Value::Null, |high| Value::Real(high.value)),
            measure.map(|measure| measure.value.unit.key()).into(),
            measure.map_or(Value::Null, |measure| Value::decimal(measure.share)),
            rows.text(&standard.text).into(),
        ]);
    }
}

pub(super) fn traits(rows: &Rows<'_>, table: &mut Table) {
    for place in &rows.all {
        for name in &place.standard.traits {
            let name = rows.audits().names.traits.now(name);
            table.push([rows.options.book.into(), place.edition.into(), place.id.into(), name.into()]);
        }
    }
}

/// For each edition the sites that its records are of, and for the book as it stands all.
pub(super) fn roles(rows: &Rows<'_>, table: &mut Table) {
    let names = &rows.audits().names;
    for (number, edition, book, standards) in rows.bases() {
        let of_basis = rows.audits().records.iter().filter(|record| record.basis == number);
        let mut sites: BTreeSet<Option<&str>> = of_basis.map(|record| record.site.as_deref()).collect();
        if number == 0 {
            sites.insert(None);
            sites.extend(book.sites.iter().map(|site| Some(site.id.name.as_str())));
        }
        for name in sites {
            let staffing = Staffing::new(book, name.and_then(|name| rows.site_in(book, name)));
            for standard in &standards.all {
                for role in staffing.fold(&standard.roles) {
                    let (id, role) = (names.standards.now(&standard.id.name), names.roles.now(&role));
                    let (book, site) = (rows.options.book.into(), name.into());
                    table.push([book, edition.into(), site, id.into(), role.into()]);
                }
            }
        }
    }
}
