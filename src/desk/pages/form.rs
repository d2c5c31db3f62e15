//! The form of a round, over http: the checklist's own page, with a button that hands in.

use serde_json::json;

use super::Trouble;
use super::documents::laid_out;
use super::today::kept;
use crate::desk::answer::{Answer, hash};
use crate::desk::ask::{Ask, PICKED, Picked};
use crate::desk::server::DeskState;
use crate::document::DocumentKind;
use crate::language::Interface;
use crate::library::template;
use crate::render::format;

/// How a page names its own policy.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// Where what a page says begins.
const MAIN: &str = "<main id=\"content\">";

/// Where a page says what to do where no script runs.
const NO_SCRIPT: &str = "<p class=\"no-script\">";

/// The form.
pub(super) fn page(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let html = format("html").ok_or(Trouble::Missing)?;
    let page = laid_out(inside, ask, &opened, DocumentKind::Checklist, html, &inside.renderer)?;
    let page = String::from_utf8_lossy(&page);
    let (page, policy) = apart(&page).ok_or(Trouble::Missing)?;
    // A page without items has no scripts of its own.
    let scripts = format!("script-src '{}' ", hash("desk/hand-in.js"));
    let policy = match policy.contains("script-src ") {
        true => policy.replacen("script-src ", &scripts, 1),
        false => format!("{policy}; {scripts}"),
    };
    let policy = format!("{policy}; connect-src 'self'; frame-ancestors 'none'");
    // The way back, which the file that is sent to somebody has no use for.
    let language = Picked::of(&ask.query, &opened.project.loaded.book, ask.interface).language;
    // The whole page is in one language, which need not be that of the desk.
    let interface = Interface::of(&language);
    let words = interface.tree().pointer("/desk/hand_in");
    let data = json!({"token": ask.token, "home": inside.gate.book, "lang": language.tag(), "words": words});
    // No text may end the element that it stands in.
    let data = data.to_string().replace('<', "\\u003c");
    let back = format!(
        "{MAIN}\n<script type=\"application/json\" id=\"desk\">{data}</script>\n<p class=\"to-desk\"><a href=\"/rounds\">{}</a></p>",
        interface.text("desk.title.rounds")
    );
    let page = page.replacen(MAIN, &back, 1);
    let page = without_scripts(page, interface.text("desk.hand-in.no-script"));
    let script = template("desk/hand-in.js").unwrap_or_default();
    let added = format!("<script>{script}</script>\n</body>");
    let page = match page.rsplit_once("</body>") {
        Some((before, after)) => format!("{before}{added}{after}"),
        None => page,
    };
    let picked = ask.query.only(&PICKED);
    Ok(Answer::page_under(page, policy).with("set-cookie", kept(inside, "picked", &picked)))
}

/// A page that says to whoever runs no scripts what helps here: a file would be opened in another way.
fn without_scripts(page: String, text: &str) -> String {
    let Some((before, rest)) = page.split_once(NO_SCRIPT) else { return page };
    let Some((_, after)) = rest.split_once('<') else { return page };
    format!("{before}{NO_SCRIPT}{text}<{after}")
}

/// A page without its own policy, and that policy, which goes into the answer's head instead.
fn apart(page: &str) -> Option<(String, String)> {
    let (before, rest) = page.split_once(POLICY)?;
    let (policy, after) = rest.split_once("\">")?;
    Some((format!("{before}{after}"), policy.to_owned()))
}
