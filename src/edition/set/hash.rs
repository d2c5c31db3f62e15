//! The name of a set: a SHA-256 over everything that figures depend on.
//!
//! Version 1: every field is named and length-prefixed; texts are in NFC with white space folded, measures in canonical units,
//! weights and shares with six decimals; sets are sorted by id, phases and steps stand by position. A later recipe gets a
//! version of its own, and this one stays, since files name sets by it.

use sha2::{Digest, Sha256};

use super::Set;
use super::rows::{MeasureRow, PhaseRow, StandardRow};
use crate::book::Attribute;
use crate::source::Span;
use crate::text::{composed, hex, single_spaced};
use crate::units::parse_quantity;

/// The version of the recipe that sets are written by.
pub(super) const VERSION: u32 = 1;

/// What is hashed, field by field.
struct Fields(Sha256);

impl Fields {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.bytes(name.as_bytes());
        self.bytes(single_spaced(&composed(value)).as_bytes());
    }

    fn decimal(&mut self, name: &str, value: f64) {
        self.text(name, &decimal(value));
    }

    /// Some texts, how many being one more field.
    fn texts(&mut self, name: &str, values: &[String]) {
        self.count(name, values.len());
        values.iter().for_each(|value| self.text(name, value));
    }

    /// The same in whatever order they stand.
    fn sorted(&mut self, name: &str, values: &[String]) {
        let mut values: Vec<String> = values.to_vec();
        values.sort_unstable();
        self.texts(name, &values);
    }

    fn maybe(&mut self, name: &str, value: Option<&String>) {
        self.texts(name, value.map_or(&[], std::slice::from_ref));
    }

    fn count(&mut self, name: &str, count: usize) {
        self.bytes(name.as_bytes());
        self.bytes(&(count as u64).to_le_bytes());
    }

    fn id(&mut self, name: &str, was: &[String]) {
        self.text("id", name);
        self.sorted("was", was);
    }
}

fn decimal(value: f64) -> String {
    format!("{value:.6}")
}

/// What is sorted by id, by id.
fn by_id<T>(rows: &[T], id: fn(&T) -> &str) -> Vec<&T> {
    let mut rows: Vec<&T> = rows.iter().collect();
    rows.sort_by(|a, b| id(a).cmp(id(b)));
    rows
}

impl Set {
    /// The hash of what it holds, in 64 hexadecimal digits.
    pub fn hash(&self) -> String {
        let mut fields = Fields(Sha256::new());
        fields.text("version", "gamma-ok edition 1");
        self.levels.iter().for_each(|share| fields.decimal("share", *share));
        fields.count("sequences", self.sequences.len());
        for row in &self.sequences {
            fields.id(&row.id, &row.was);
            fields.maybe("area", row.area.as_ref());
        }
        fields.count("phases", self.phases.len());
        self.phases.iter().for_each(|row| phase(&mut fields, row));
        fields.count("traits", self.traits.len());
        by_id(&self.traits, |row| &row.id).iter().for_each(|row| fields.id(&row.id, &row.was));
        fields.count("roles", self.roles.len());
        for row in by_id(&self.roles, |row| &row.id) {
            fields.id(&row.id, &row.was);
            fields.maybe("when", row.when.as_ref());
            fields.maybe("covered-by", row.covered_by.as_ref());
        }
        fields.count("sites", self.sites.len());
        for row in by_id(&self.sites, |row| &row.id) {
            fields.id(&row.id, &row.was);
            fields.count("attributes", row.attributes.len());
            for (name, value) in &row.attributes {
                fields.text("name", name);
                match value {
                    Attribute::Bool(value) => fields.text("truth", if *value { "true" } else { "false" }),
                    Attribute::Number(value) => fields.decimal("number", *value),
                    Attribute::Text(value) => fields.text("text", value),
                }
            }
        }
        fields.count("standards", self.standards.len());
        by_id(&self.standards, |row| &row.id).into_iter().for_each(|row| standard(&mut fields, row));
        hex(&fields.0.finalize())
    }
}

/// The hash of one standard.
pub(super) fn row_hash(row: &StandardRow) -> [u8; 32] {
    let mut fields = Fields(Sha256::new());
    standard(&mut fields, row);
    fields.0.finalize().into()
}

fn phase(fields: &mut Fields, row: &PhaseRow) {
    fields.id(&row.id, &row.was);
    fields.text("sequence", &row.sequence);
    fields.text("target", &row.target);
    fields.count("steps", row.steps.len());
    row.steps.iter().for_each(|step| fields.id(&step.id, &step.was));
}

fn standard(fields: &mut Fields, row: &StandardRow) {
    fields.id(&row.id, &row.was);
    let words = [
        ("stamp", &row.stamp),
        ("origin", &row.origin),
        ("sequence", &row.sequence),
        ("phase", &row.phase),
        ("type", &row.r#type),
        ("level", &row.level),
        ("aspect", &row.aspect),
        ("verify", &row.verify),
        ("text", &row.text),
    ];
    words.iter().for_each(|(name, value)| fields.text(name, value));
    let optional = [("step", &row.step), ("area", &row.area), ("procedure", &row.procedure), ("to", &row.to)];
    optional.iter().for_each(|(name, value)| fields.maybe(name, value.as_ref()));
    fields.sorted("traits", &row.traits);
    fields.sorted("roles", &row.roles);
    fields.texts("when", &row.when);
    fields.decimal("weight", row.weight);
    fields.text("critical", if row.critical { "true" } else { "false" });
    fields.count("measure", usize::from(row.measure.is_some()));
    row.measure.iter().for_each(|row| measure(fields, row));
}

fn measure(fields: &mut Fields, row: &MeasureRow) {
    // A time limit and an upper bound demand the same.
    fields.text("bound", if row.bound == "within" { "at-most" } else { &row.bound });
    for (name, written) in [("value", Some(&row.value)), ("high", row.high.as_ref())] {
        let Some(written) = written else { continue };
        match parse_quantity(written, Span::default()) {
            Ok(quantity) => {
                let (value, unit) = quantity.canonical();
                fields.decimal(name, value);
                fields.text("unit", unit);
            }
            Err(_) => fields.text(name, written),
        }
    }
    fields.decimal("share", row.share);
}
