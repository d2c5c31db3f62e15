//! What those who manage get from the manual: their own part, and the certificate that they sign.

use serde::Serialize;

use crate::document::scope::Scope;

/// The part for those who manage.
#[derive(Clone, Debug, Serialize)]
pub struct Management {
    /// Observing, holding sessions, changing procedures.
    pub parts: Vec<ManagementPart>,
}

/// One of their tasks.
#[derive(Clone, Debug, Serialize)]
pub struct ManagementPart {
    /// The task.
    pub title: String,
    /// How to go about it.
    pub points: Vec<String>,
}

/// The certificate of somebody who signed everything off.
#[derive(Clone, Debug, Serialize)]
pub struct Certificate {
    /// How many standards, in words.
    pub count: String,
}

pub(super) fn management(scope: &Scope) -> Management {
    let text = |key: String| scope.of_customer(&format!("manual.management.{key}"));
    let part = |task: &&str| ManagementPart {
        title: text(format!("{task}.title")),
        points: ["one", "two", "three"].iter().map(|point| text(format!("{task}.{point}"))).collect(),
    };
    Management { parts: ["observe", "teach", "change"].iter().map(part).collect() }
}

pub(super) fn certificate(scope: &Scope) -> Certificate {
    Certificate { count: scope.interface.count("manual.standards", scope.chosen.len()) }
}
