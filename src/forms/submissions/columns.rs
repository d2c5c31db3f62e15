//! What the columns of a table of submissions hold, by their heads.

use super::question_names;
use crate::forms::questions::{Field, FieldKind, FormWords};
use crate::forms::{FormPlace, Refused};
use crate::say;

/// What a column holds.
pub(super) enum SubmissionColumn {
    /// The version of the names.
    Version,
    /// Something that is said once.
    Head(&'static Field),
    /// A limit of the form, by its label.
    Scope(&'static str),
    /// `ID@STAMP` of an item.
    Reference(usize),
    /// An answer to something asked of an item, and what stands behind the item's name.
    Asked(usize, &'static Field, &'static str),
    /// The name of a photograph.
    Photo(usize),
    /// The server's own.
    Server(Server),
    /// What nobody asked for.
    Strange,
}

impl SubmissionColumn {
    /// What kind of thing somebody was asked for there; none for what nobody types.
    pub(super) fn asks_for(&self) -> Option<FieldKind> {
        match self {
            SubmissionColumn::Head(field) | SubmissionColumn::Asked(_, field, _) => Some(field.kind),
            SubmissionColumn::Photo(_)
            | SubmissionColumn::Reference(_)
            | SubmissionColumn::Scope(_)
            | SubmissionColumn::Strange => Some(FieldKind::Words),
            SubmissionColumn::Version | SubmissionColumn::Server(_) => None,
        }
    }
}

/// What a server says of a submission.
pub(super) enum Server {
    /// A name of the round; the less, the better.
    Round(usize),
    /// What somebody decided of it.
    State,
    /// When, by which device, in which order.
    Own,
}

/// A column and its head without its groups.
pub(super) struct Named {
    pub kind: SubmissionColumn,
    pub name: String,
}

/// The columns of a table.
pub(super) struct Columns {
    pub all: Vec<Named>,
}

/// The names of a round. ODK Central keeps `KEY` when a submission is edited, and KoboToolbox `rootUuid`; what stands behind
/// them is the name of one version.
const ROUNDS: [&str; 4] = ["KEY", "rootUuid", "_uuid", "instanceID"];

/// What ODK Central, KoboToolbox, their devices and older exports note of a submission. Nobody fills that in.
const OWN: [&str; 32] = [
    "SubmissionDate",
    "SubmitterID",
    "SubmitterName",
    "AttachmentsPresent",
    "AttachmentsExpected",
    "Status",
    "DeviceID",
    "Edits",
    "FormVersion",
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "subscriberid",
    "simserial",
    "phonenumber",
    "instanceName",
    "deprecatedID",
    "uuid",
    "_id",
    "_index",
    "_status",
    "_submission_time",
    "_submitted_by",
    "__version__",
    "_version_",
    "_xform_id_string",
    "_geolocation",
    "_attachments",
    "_bamboo_dataset_id",
    "PARENT_KEY",
];

/// What stands behind the name of a photograph where KoboToolbox says at which address it is.
const ADDRESS: &str = "_URL";

impl Columns {
    /// The columns under these heads.
    ///
    /// # Errors
    /// Where none of them is for answers: they are headed in words instead of names.
    pub(super) fn of(heads: &[String], words: &FormWords) -> Result<Self, Refused> {
        let all: Vec<Named> = heads
            .iter()
            .map(|head| {
                let name = bare(head);
                Named { kind: column(name, words), name: name.to_owned() }
            })
            .collect();
        let is_answer = |named: &Named| matches!(&named.kind, SubmissionColumn::Asked(_, field, _) if field.kind == FieldKind::Choice);
        if all.iter().any(is_answer) {
            return Ok(Columns { all });
        }
        let wrong = say!("the columns of this table are headed by the questions' words, not by their names");
        Err(Refused::new(FormPlace::Whole, wrong)
            .help(say!("export it with \"XML values and headers\", which names questions `q_1`, `q_2` and so on")))
    }
}

/// A head without the groups before its name.
fn bare(head: &str) -> &str {
    let name = head.rsplit(['/', '-']).next().unwrap_or(head);
    name.trim()
}

/// Whether a head is that of the column by which a table of submissions is known.
pub(super) fn is_reference(head: &str) -> bool {
    matches!(question_names::of_item(bare(head)), Some((_, question_names::REFERENCE)))
}

fn column(name: &str, words: &FormWords) -> SubmissionColumn {
    let questions = words.questions;
    if let Some((number, behind)) = question_names::of_item(name) {
        let asked = question_names::ASKED.iter().find(|(known, _)| *known == behind);
        let field = asked
            .and_then(|(behind, label)| Some((*behind, questions.item.iter().find(|field| field.name == *label)?)));
        return match (field, behind) {
            (Some((behind, field)), _) => SubmissionColumn::Asked(number, field, behind),
            (None, question_names::REFERENCE) => SubmissionColumn::Reference(number),
            (None, question_names::PHOTO) => SubmissionColumn::Photo(number),
            (None, behind) if behind.strip_suffix(ADDRESS) == Some(question_names::PHOTO) => {
                SubmissionColumn::Server(Server::Own)
            }
            _ => SubmissionColumn::Strange,
        };
    }
    if let Some(label) = question_names::of_scope(name) {
        return SubmissionColumn::Scope(label);
    }
    let head = questions.head.iter().find(|field| question_names::HEAD.contains(&field.name) && field.name == name);
    match (head, ROUNDS.iter().position(|known| *known == name)) {
        (Some(field), _) => SubmissionColumn::Head(field),
        (None, Some(rank)) => SubmissionColumn::Server(Server::Round(rank)),
        _ if name == question_names::FORM => SubmissionColumn::Version,
        _ if matches!(name, "ReviewState" | "_validation_status") => SubmissionColumn::Server(Server::State),
        _ if OWN.contains(&name) => SubmissionColumn::Server(Server::Own),
        _ => SubmissionColumn::Strange,
    }
}
