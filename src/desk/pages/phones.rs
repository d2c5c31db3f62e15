//! Who else is let in: other browsers by an address of their own, and phones by a number.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::QrCode;
use qrcode::render::svg;
use serde_json::{Value as Json, json};

use super::{Trouble, made, page};
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::phones::own_address;
use crate::desk::server::DeskState;
use crate::language::Interface;

/// What phones open: by number, and by the name of this computer.
pub(in crate::desk) fn phone_addresses(inside: &DeskState) -> Vec<String> {
    let Some(phones) = &inside.gate.phones else { return Vec::new() };
    if let Some(origin) = inside.gate.outside() {
        return vec![format!("{origin}/pair")];
    }
    let port = inside.gate.port();
    let number = own_address().map(|ip| format!("http://{ip}:{port}/pair"));
    let name = phones.name.iter().map(|name| format!("http://{name}:{port}/pair"));
    number.into_iter().chain(name).collect()
}

/// Who is let in, and how.
pub(super) fn access(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    shown(inside, ask, None)
}

fn shown(inside: &DeskState, ask: &Ask, another: Option<String>) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let addresses = phone_addresses(inside);
    let phones = inside.gate.phones.as_ref();
    let pin = phones.and_then(super::super::phones::Phones::pin);
    let picture = addresses.first().filter(|_| pin.is_some()).and_then(|address| picture(address));
    let all: Vec<Json> = phones
        .map(super::super::phones::Phones::all)
        .unwrap_or_default()
        .iter()
        .map(|phone| json!({"number": phone.number, "name": phone.name, "rounds": phone.records.len()}))
        .collect();
    let view = json!({
        "has_phones": phones.is_some(), "addresses": addresses, "pin": pin, "picture": picture, "phones": all,
        "another": another, "is_encrypted": inside.gate.is_encrypted(),
    });
    Ok(page(inside, ask, &opened, "access", &view))
}

/// An address as a picture, dark on light whatever the colours around it.
fn picture(address: &str) -> Option<String> {
    let code = QrCode::new(address.as_bytes()).ok()?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    Some(format!("data:image/svg+xml;base64,{}", STANDARD.encode(drawn)))
}

/// An address for one more browser.
pub(super) fn another(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    shown(inside, ask, inside.gate.another_address())
}

/// Opens pairing, or closes it.
pub(super) fn pairing(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let phones = inside.gate.phones.as_ref().ok_or(Trouble::Missing)?;
    phones.set_open(ask.form.get("open") == Some("yes"));
    Ok(Answer::see("/access"))
}

/// Lets a phone in no more.
pub(super) fn remove(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let number = ask.form.get("phone").and_then(|number| number.parse().ok()).ok_or(Trouble::Missing)?;
    inside.gate.remove_phone(number);
    Ok(Answer::see("/access"))
}

/// The page where a phone says its number.
pub(in crate::desk) fn pair(inside: &DeskState, interface: &'static Interface, trouble: Option<&str>) -> Answer {
    let trouble = trouble.map(|key| interface.text(key));
    let is_encrypted = inside.gate.is_encrypted();
    let view =
        json!({"lang": interface.tag(), "words": interface.tree(), "trouble": trouble, "is_encrypted": is_encrypted});
    made(inside, "desk/pair.html", &view)
}
