//! Others who are let in: phones by a number, browsers behind a proxy, and whoever starts a second desk.

use serde_json::json;

use super::client::{Answer, Desk, Visitor};
use super::{PAGES, client, round};
use crate::support::Book;

fn pair(desk: &Desk, pin: &str, name: &str) -> Answer {
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    desk.send("POST", "/pair", &form, &format!("pin={pin}&name={name}"))
}

/// The number that the desk shows.
fn pin(desk: &Desk, visitor: &Visitor) -> Option<String> {
    let page = desk.get(visitor, "/access").body;
    let shown = page.split("class=\"pin\">").nth(1)?;
    Some(shown.split('<').next()?.to_owned())
}

/// A phone that was let in.
fn phone(desk: &Desk, visitor: &Visitor, name: &str) -> Visitor {
    let paired = pair(desk, &pin(desk, visitor).expect("pairing is open"), name);
    assert_eq!((paired.status, paired.header("location")), (303, "/rounds"), "{}", paired.body);
    let cookie = paired.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let page = desk.send("GET", "/rounds", &[("Cookie", &cookie)], "");
    let token = page.body.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    Visitor { cookie, token: token.expect("a token").to_owned() }
}

#[test]
fn a_phone_fills_in_hands_in_and_sees_its_own_rounds_and_no_more() {
    let book = Book::sound();
    let desk = Desk::open_with(&book, &["--port", "0", "--phones"]);
    let visitor = desk.visitor();
    let page = desk.get(&visitor, "/access").body;
    assert!(page.contains("data:image/svg+xml;base64,") && page.contains("/pair"), "{page}");
    assert!(page.contains("not encrypted"), "{page}");
    let one = phone(&desk, &visitor, "porter%27s+%3Cb%3Ephone");
    let two = phone(&desk, &visitor, "bar");
    assert!(desk.get(&visitor, "/access").body.contains("&lt;b&gt;phone</strong>"), "it is named");

    for page in PAGES.into_iter().chain(["/events", "/standards/greeting", "/review/one?name=x", "/nowhere"]) {
        let expected = match page {
            "/rounds" | "/rounds/form" => 200,
            "/" => 303,
            _ => 403,
        };
        assert_eq!(desk.get(&one, page).status, expected, "{page}");
    }
    for path in
        ["/rounds/withdraw", "/actions/done", "/actions/worked", "/review/open", "/access/another", "/access/pairing"]
    {
        assert_eq!(desk.post(&one, path, "record=a&reason=b&open=yes").status, 403, "{path}");
    }
    assert_eq!(desk.hand_in(&one, "/customers?file=a.csv", &json!({})).status, 403);

    let handed = desk.hand_in(&one, "/rounds", &round(&book, "met"));
    assert_eq!(handed.status, 201, "{}", handed.body);
    assert!(desk.get(&one, "/rounds").body.contains("1 of 1 met"));
    assert!(!desk.get(&two, "/rounds").body.contains("1 of 1 met"), "another's round");
    assert!(!desk.get(&one, "/rounds").body.contains("/rounds/withdraw"));
    // What another phone answered is neither shown nor replaced.
    let other = desk.hand_in(&two, "/rounds?replace=yes", &round(&book, "not met"));
    assert_eq!(other.status, 409, "{}", other.body);
    assert_eq!(other.json()["items"], json!([]));
    let record = handed.json()["record"].as_str().expect("a path").to_owned();
    assert!(book.read(&record).contains(": met"));
    // Nor is anything added to it.
    let mut more = round(&book, "met");
    more["answers"][0]["note"] = json!("Added by another");
    let added = desk.hand_in(&two, "/rounds", &more);
    assert_eq!((added.status, &added.json()["items"]), (409, &json!([])), "{}", added.body);
    assert!(!book.read(&record).contains("Added by another"));
    // Its own answer it may correct: asked once, it is taken.
    let asked = desk.hand_in(&one, "/rounds", &round(&book, "not met"));
    assert!(asked.status == 409 && asked.json()["items"][0]["here"].is_string(), "{}", asked.body);
    let taken = desk.hand_in(&one, "/rounds?replace=yes", &round(&book, "not met"));
    assert_eq!(taken.status, 200, "{}", taken.body);
    assert!(book.read(&record).contains(": not met"));

    let number = "phone=1";
    assert_eq!(desk.post(&visitor, "/access/remove", number).status, 303);
    assert_eq!(desk.get(&one, "/rounds/form").status, 401, "it was removed");
    assert_eq!(desk.get(&two, "/rounds/form").status, 200);
}

#[test]
fn a_thousand_guesses_let_no_phone_in() {
    let book = Book::sound();
    let desk = Desk::open_with(&book, &["--port", "0", "--phones"]);
    let visitor = desk.visitor();
    let right = pin(&desk, &visitor).expect("pairing is open");
    assert_eq!(right.len(), 6);
    for guess in 0..1000 {
        let guess = format!("{guess:06}");
        if guess != right {
            assert_eq!(pair(&desk, &guess, "x").status, 403);
        }
    }
    assert_eq!(pair(&desk, &right, "x").status, 403, "ten wrong ones closed it");
    assert_eq!(pin(&desk, &visitor), None);
    assert_eq!(desk.post(&visitor, "/access/pairing", "open=yes").status, 303);
    phone(&desk, &visitor, "kitchen");
}

#[test]
fn without_phones_nobody_is_asked_for_a_number() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    assert_eq!(desk.send("GET", "/pair", &[], "").status, 401);
    assert_eq!(pair(&desk, "000000", "x").status, 401);
    assert!(pin(&desk, &desk.visitor()).is_none());
}

#[test]
fn behind_a_proxy_host_origin_and_cookie_follow_it() {
    let book = Book::sound();
    let desk = Desk::open_with(&book, &["--port", "0", "--behind", "https://standards.example"]);
    assert_eq!(desk.base, "https://standards.example");
    drop(desk);
    // The port stands in no address then, so it is asked for.
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr()).expect("a port").port();
    let mut desk = Desk::open_with(&book, &["--port", &free.to_string(), "--behind", "https://standards.example"]);
    desk.port = free;
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let body = format!("key={}", desk.key);
    assert_eq!(desk.send("POST", "/enter", &[form], &body).status, 403, "the proxy's name is not said");
    let host = ("Host", "standards.example");
    let wrong = ("Origin", "http://standards.example");
    assert_eq!(desk.send("POST", "/enter", &[host, form, wrong], &body).status, 403);
    let origin = ("Origin", "https://standards.example");
    let answer = desk.send("POST", "/enter", &[host, form, origin], &body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("; Secure") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap_or_default();
    assert_eq!(desk.send("GET", "/", &[host, ("Cookie", cookie)], "").status, 200);
    let own = format!("127.0.0.1:{free}");
    assert_eq!(desk.send("GET", "/", &[("Host", &own), ("Cookie", cookie)], "").status, 403);
    book.run("serve --no-open --port 0 --behind standards.example").ends(2).says("is no address of a page");
}

/// In a container the proxy, or the port that is handed on, is not on the computer that the desk sees.
#[test]
#[cfg(target_os = "linux")]
fn a_proxy_elsewhere_reaches_the_desk_only_where_it_is_told_to_listen() {
    let book = Book::sound();
    let asked = |options: &[&str]| {
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr()).expect("a port").port();
        let port = port.to_string();
        let options = [&["--port", &port, "--behind", "http://localhost:8080"], options].concat();
        let _desk = Desk::open_with(&book, &options);
        // Not the address that it answers at by itself, and of this computer all the same.
        let mut stream = std::net::TcpStream::connect(format!("127.0.0.2:{port}")).ok()?;
        let request = "GET / HTTP/1.1\r\nHost: localhost:8080\r\nConnection: close\r\n\r\n";
        std::io::Write::write_all(&mut stream, request.as_bytes()).expect("asked");
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut stream, &mut answer).expect("an answer");
        Some(answer)
    };
    assert_eq!(asked(&[]), None, "nobody else reaches it");
    let answer = asked(&["--listen", "0.0.0.0"]).expect("a connection");
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    book.run("serve --no-open --listen 0.0.0.0").ends(2).says("--behind");
    book.run("serve --no-open --behind http://localhost --listen house").ends(2).says("house");
}

#[test]
fn a_second_start_opens_the_page_of_the_first() {
    let book = Book::sound();
    let first = Desk::open_with(&book, &[]);
    let visitor = first.visitor();
    let mut second = Desk::open_with(&book, &[]);
    assert_eq!(second.port, first.port);
    assert_ne!(second.key, first.key);
    assert!(second.has_ended(), "one desk for a book");
    let other = Visitor {
        cookie: {
            let answer = first.enter(&second.key);
            assert_eq!(answer.status, 200, "{}", answer.body);
            answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
        },
        ..visitor.clone()
    };
    assert_eq!(first.get(&other, "/").status, 200);
    assert_eq!(first.get(&visitor, "/").status, 200);
    // Who does not know what was written down is told nothing.
    assert_eq!(first.send("POST", "/again", &[("X-Desk-Nonce", "0"), ("X-Desk-Proof", "0")], "").status, 403);
    assert_eq!(first.send("POST", "/again", &[], "").status, 403);
    let port = first.port;
    drop(first);
    let third = Desk::open_with(&book, &[]);
    assert_eq!(third.port, port, "a book gets its port again");
    assert_eq!(third.get(&third.visitor(), "/").status, 200);
}

#[test]
fn a_desk_without_phones_is_not_taken_for_one_with_them() {
    let book = Book::sound();
    let first = Desk::open_with(&book, &[]);
    let (status, said) = client::second(&book, &["--phones"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("without --phones") && !said.contains("/#"), "{said}");
    assert_eq!(first.get(&first.visitor(), "/").status, 200);
}

#[test]
fn whoever_sits_on_the_port_of_a_book_is_not_taken_for_its_desk() {
    let book = Book::sound();
    let port = Desk::open_with(&book, &[]).port;
    let listener = std::net::TcpListener::bind(("127.0.0.1", port)).expect("the port is free again");
    let liar = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().expect("somebody asks");
        let mut asked = [0; 2048];
        let read = stream.read(&mut asked).unwrap_or(0);
        let body = "http://evil.example/#key";
        let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        drop(stream);
        (String::from_utf8_lossy(&asked[..read]).into_owned(), listener)
    });
    let desk = Desk::open_with(&book, &[]);
    assert!(desk.base.starts_with("http://127.0.0.1:") && desk.port != port, "{}", desk.base);
    let (asked, _listener) = liar.join().expect("it was asked");
    assert!(asked.contains("X-Desk-Nonce: ") && !asked.contains("X-Desk-Secret"), "{asked}");
    assert_eq!(desk.get(&desk.visitor(), "/").status, 200);
}

#[test]
fn results_say_what_of_the_question_has_no_answer() {
    let book = Book::example("hotel-wisla");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let page = |query: &str| desk.get(&visitor, &format!("/results?{query}")).body;
    for (query, said) in [
        ("from=2026-02-01&to=2026-01-01", "is after the last one"),
        ("site=atlantis", "the book has no site"),
        ("from=yesterday", "write a date as year"),
    ] {
        let page = page(query);
        assert!(page.contains(said) && !page.contains("<iframe"), "{query}: {page}");
    }
    let page = page("from=2026-01-01&to=2026-02-01&site=");
    assert!(page.contains("<iframe") && !page.contains("role=\"alert\""), "{page}");
}

#[test]
fn a_refusal_without_a_page_is_in_the_language_of_whoever_reads_it() {
    let book = Book::sound();
    let desk = Desk::open_with(&book, &["--port", "0", "--phones"]);
    let visitor = desk.visitor();
    let one = phone(&desk, &visitor, "bar");
    for (language, forbidden, for_phones, kind) in [
        ("en", "not let in", "not for phones", "neither a form"),
        ("pl", "Tędy nie można wejść", "nie jest dla telefonów", "ani formularz"),
        ("sv", "släpper inte in", "inte för telefoner", "varken ett formulär"),
    ] {
        let chosen = desk.post(&visitor, "/choices", &format!("lang={language}&back=/"));
        let lang = chosen.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
        let lang = lang.expect("a cookie");
        let answer = desk.send("GET", "/", &[("Cookie", lang), ("Host", "evil.example")], "");
        assert!(answer.status == 403 && answer.body.contains(forbidden), "{}", answer.body);
        let cookie = format!("{}; {lang}", one.cookie);
        let answer = desk.send("GET", "/results", &[("Cookie", &cookie)], "");
        assert!(answer.status == 403 && answer.body.contains(for_phones), "{}", answer.body);
        let cookie = format!("{}; {lang}", visitor.cookie);
        let headers = [("Cookie", &*cookie), ("X-Desk-Token", &*visitor.token), ("Content-Type", "image/png")];
        let answer = desk.send("POST", "/rounds", &headers, "x");
        assert!(answer.status == 415 && answer.body.contains(kind), "{}", answer.body);
    }
}

#[test]
fn what_was_printed_is_picked_again() {
    let book = Book::example("hotel-wisla");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let shown = desk.get(&visitor, "/documents/show?kind=checklist&format=html&site=krakow&role=porter&picked=yes");
    let kept = shown.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let visitor = Visitor { cookie: format!("{}; {kept}", visitor.cookie), ..visitor };
    let page = desk.get(&visitor, "/rounds").body;
    assert!(page.contains("value=\"krakow\" selected") && page.contains("value=\"porter\" selected"), "{page}");
    assert!(page.contains("formaction=\"/documents/show\" name=\"picked\""), "{page}");
}
