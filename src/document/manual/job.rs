//! The steps of a phase as a job-instruction sheet (TWI Job Instruction): important step · key points · reasons.

use serde::Serialize;

use crate::book::{Step, TraitUse};
use crate::document::image::ImageView;
use crate::document::lanes::{StepNote, notes};
use crate::document::prose::Prose;
use crate::document::scope::{Scope, ShownPhase};
use crate::document::standard::Numbered;
use crate::edition::Selected;
use crate::method::Origin;

/// An important step.
#[derive(Clone, Debug, Serialize)]
pub struct JobStep {
    /// Number in the phase.
    pub number: usize,
    /// What is done.
    pub title: Prose,
    /// A picture of it.
    pub image: Option<ImageView>,
    /// What the customer does meanwhile.
    pub customer: Option<Prose>,
    /// Who acts; empty for anyone of the staff.
    pub roles: Vec<Prose>,
    /// Whether it is a moment of truth.
    pub moment_of_truth: bool,
    /// Contact, waits, lasts.
    pub notes: Vec<StepNote>,
    /// Key points with their reasons; never empty.
    pub lines: Vec<JobLine>,
    /// What goes wrong here.
    pub fail_point: Option<Prose>,
    /// How it is put right.
    pub recovery: Option<Prose>,
}

/// Key points and why they matter.
#[derive(Clone, Debug, Serialize)]
pub struct JobLine {
    /// The standards that they serve, which stand in full below the sheet.
    pub standards: Vec<Numbered>,
    /// The key points.
    pub points: Vec<Prose>,
    /// Why.
    pub reasons: Vec<Prose>,
}

/// The sheet: every step that the document teaches something about, in service order. A step counts by its place in the
/// phase as the site has it, so that a role's manual numbers it as everybody's does.
pub(super) fn job_steps(scope: &Scope, part: &ShownPhase) -> Vec<JobStep> {
    let applies = |step: &Step| scope.holds(&step.when);
    let steps = part.phase.steps.iter().enumerate().filter(|(_, step)| applies(step)).enumerate();
    let job_step = |(number, (index, step)): (usize, (usize, &Step))| {
        let pinned = part.standards.iter().filter(|selected| selected.standard.step == Some(index));
        let lines = lines(scope, &pinned.collect::<Vec<_>>());
        if lines.is_empty() {
            return None;
        }
        let title = step.title.as_ref().or(step.staff.as_ref()).or_else(|| step.label());
        let fail = step.fail_point.as_ref();
        let mut job = JobStep {
            number: number + 1,
            title: title.map_or_else(|| Prose::plain(&step.id.name), |title| scope.prose(title)),
            image: scope.image(&step.image),
            customer: step.customer.as_ref().map(|customer| scope.prose(customer)),
            roles: scope.role_titles(&scope.staffing.fold(&step.roles)),
            moment_of_truth: step.moment_of_truth,
            notes: notes(scope, step),
            lines,
            fail_point: fail.map(|fail| scope.prose(&fail.what)),
            recovery: fail.and_then(|fail| fail.recovery.as_ref()).map(|recovery| scope.prose(recovery)),
        };
        let why = |used: &TraitUse| used.why.as_ref().map(|why| scope.prose(why));
        if let Some(first) = job.lines.first_mut().filter(|first| first.reasons.is_empty()) {
            first.reasons.extend(step.traits.iter().filter_map(why));
        }
        // Where the step's line is what the customer does, it need not be said twice.
        job.customer = job.customer.take().filter(|customer| *customer != job.title);
        Some(job)
    };
    steps.filter_map(job_step).collect()
}

/// A line for each standard that says how or why; the others follow in one last line.
fn lines(scope: &Scope, pinned: &[&Selected]) -> Vec<JobLine> {
    let taught: Vec<&Selected> =
        pinned.iter().copied().filter(|selected| !matches!(selected.standard.origin, Origin::Handoff(_))).collect();
    let (explained, plain): (Vec<&Selected>, Vec<&Selected>) = taught.into_iter().partition(|selected| {
        let teaching = &selected.standard.teaching;
        !teaching.how.is_empty() || teaching.why.is_some()
    });
    let line = |selected: &Selected| JobLine {
        standards: vec![scope.numbered(selected)],
        points: scope.proses(&selected.standard.teaching.how),
        reasons: selected.standard.teaching.why.iter().map(|why| scope.prose(why)).collect(),
    };
    let mut lines: Vec<JobLine> = explained.into_iter().map(line).collect();
    if !plain.is_empty() {
        let standards = plain.iter().map(|selected| scope.numbered(selected)).collect();
        lines.push(JobLine { standards, points: Vec::new(), reasons: Vec::new() });
    }
    lines
}
