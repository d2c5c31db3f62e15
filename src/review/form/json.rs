//! What *Save* of the fillable page writes.

use serde_json::Value as Json;

use super::{Answer, Filled, NoForm, Rejected, decision, filled, forms, set_due};
use crate::say;

/// The version of the shape that is read.
const VERSION: u64 = 1;

pub(super) fn read(text: &str) -> Result<Filled, NoForm> {
    let json: Json = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let message = say!("the file is not whole: line {line}, column {column}", line, column);
        NoForm::new(message, say!("save the form again"))
    })?;
    match json.get("gamma-ok").and_then(Json::as_str) {
        Some("review") => {}
        Some(other) => {
            let help = if other == "checklist" { say!("`gamma-ok audit record` takes it in") } else { forms() };
            return Err(NoForm::new(say!("this is no review checklist but a `{other}`", other), help));
        }
        None => return Err(NoForm::new(say!("this JSON is no filled review checklist"), forms())),
    }
    if json.get("version").and_then(Json::as_u64) != Some(VERSION) {
        return Err(NoForm::new(
            say!("the form is of another version of gamma-ok"),
            say!("make the checklist again, or update"),
        ));
    }
    let text = |key: &str| json.get(key).and_then(Json::as_str);
    let texts = |key: &str| -> Vec<String> {
        json.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(|one| filled(one.as_str()?)).collect()
    };
    let mut form = Filled {
        review: text("review").unwrap_or_default().to_owned(),
        reviewers: texts("reviewers"),
        added: texts("added"),
        ..Filled::default()
    };
    for (at, one) in json.get("decisions").and_then(Json::as_array).into_iter().flatten().enumerate() {
        let place = format!("decisions[{at}]");
        let of = |key: &str| one.get(key).and_then(Json::as_str).and_then(filled);
        let Some(id) = of("standard") else {
            let message = say!("this decision names no standard");
            form.rejected.push(Rejected { place, message, help: say!("save the form again") });
            continue;
        };
        let reference = of("stamp").map_or_else(|| id.clone(), |stamp| format!("{id}@{stamp}"));
        let mut answer = Answer { reference, reason: of("reason"), owner: of("owner"), place, ..Answer::default() };
        match of("decision").map(|word| (decision(&word), word)) {
            None => {}
            Some((Some(decision), _)) => answer.decision = Some(decision),
            Some((None, word)) => form.rejected.push(Rejected {
                place: answer.place.clone(),
                message: say!("`{word}` is not a decision", word),
                help: say!("keep, reword, tighten, level-up, level-down or retire"),
            }),
        }
        set_due(&mut answer, &of("due").unwrap_or_default(), &mut form.rejected);
        if answer.is_filled() {
            form.answers.push(answer);
        }
    }
    Ok(form)
}
