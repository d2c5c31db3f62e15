//! The first page: what whoever it is for has to do, and what was chosen to be shown so.

mod consultant;
mod manager;
mod trainer;

use serde_json::{Value as Json, json};

use super::Trouble;
use crate::desk::answer::Answer;
use crate::desk::ask::{Ask, Role};
use crate::desk::server::DeskState;
use crate::language::Interface;

/// So many things to do of one kind are listed; their own page has all of them.
const MAX_LISTED: usize = 8;

/// What is to be done, each with where it is done.
#[derive(Default)]
struct Lines(Vec<Json>);

impl Lines {
    /// Adds one; `is_bad` where it cannot wait.
    fn add(&mut self, path: &str, is_bad: bool, text: impl Into<String>) {
        self.add_with(path, is_bad, text, &[]);
    }

    /// The same with what is to be known of it; what is empty is left out.
    fn add_with(&mut self, path: &str, is_bad: bool, text: impl Into<String>, about: &[&str]) {
        let about: Vec<&str> = about.iter().copied().filter(|part| !part.is_empty()).collect();
        self.0.push(json!({"path": path, "is_bad": is_bad, "text": text.into(), "about": about.join(" · ")}));
    }
}

/// Today.
pub(super) fn page(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let mut lines = Lines::default();
    if let Some(trouble) = inside.trouble() {
        lines.add("/rounds", true, ask.interface.say(&trouble));
    }
    match ask.role {
        None => {}
        Some(Role::Manager) => manager::lines(&mut lines, inside, &opened, ask.interface),
        Some(Role::Trainer) => trainer::lines(&mut lines, inside, &opened, ask.interface)?,
        Some(Role::Consultant) => consultant::lines(&mut lines, &opened, ask.interface),
    }
    Ok(super::page(inside, ask, &opened, "today", &json!({"lines": lines.0})))
}

/// Remembers a language or a role, and goes back.
pub(super) fn choose(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    // Only to a page of this desk.
    let back =
        ask.form.get("back").filter(|back| back.starts_with('/') && !back.starts_with("//") && !back.contains('\\'));
    let mut answer = Answer::see(back.filter(|back| back.bytes().all(|byte| byte.is_ascii_graphic())).unwrap_or("/"));
    let language = ask.form.get("lang").and_then(Interface::named).map(|language| ("lang", language.tag()));
    let role = ask.form.get("role").and_then(Role::named).map(|role| ("role", role.word()));
    for (choice, value) in [language, role].into_iter().flatten() {
        answer = answer.with("set-cookie", kept(inside, choice, value));
    }
    Ok(answer)
}

/// What makes a browser remember a choice for a year.
pub(super) fn kept(inside: &DeskState, choice: &str, value: &str) -> String {
    inside.gate.kept(choice, value)
}
