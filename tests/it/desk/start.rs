//! The first page of somebody who has no book.

use super::client::{Desk, Visitor, home};

/// The address that a page leads on to.
fn onwards(body: &str) -> (String, String) {
    let address = body.split("class=\"main\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let address = address.replace("&#x2f;", "/");
    let (base, key) = address.split_once("/#").expect("a key");
    (base.to_owned(), key.to_owned())
}

/// The desk that it leads to lets this browser in.
fn opens(start: &Desk, body: &str) {
    let (base, key) = onwards(body);
    let port: u16 = base.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let host = format!("127.0.0.1:{port}");
    let text = format!("key={key}");
    let request = format!(
        "POST /enter HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{text}",
        text.len()
    );
    assert_ne!(port, start.port);
    let answer = super::client::raw(port, request.as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn without_a_book_one_is_begun_or_an_example_looked_at() {
    let empty = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::open_in(empty.path(), &[]);
    assert_eq!(desk.send("GET", "/", &[], "").status, 401);
    let visitor: Visitor = {
        let answer = desk.enter(&desk.key);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let token = answer.json()["token"].as_str().expect("a token").to_owned();
        Visitor { cookie: answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned(), token }
    };
    let page = desk.get(&visitor, "/");
    assert!(page.status == 200 && page.body.contains("value=\"hotel\""), "{}", page.body);
    let list =
        page.body.split("name=\"sector\"").nth(1).and_then(|rest| rest.split("</select>").next()).expect("a list");
    assert!(list.contains("required") && !list.contains("selected"), "nothing is chosen beforehand: {list}");
    assert!(list.contains(">Bank branch<") && !list.contains("service standards"), "the trade alone: {list}");
    let about = |language: &str| {
        let cookie =
            format!("{}; {}-lang={language}", visitor.cookie, visitor.cookie.split('=').next().unwrap_or_default());
        let page = desk.send("GET", "/", &[("Cookie", &cookie)], "").body;
        let about = page.split("action=\"/example\"").next().and_then(|before| before.rsplit("<p>").next());
        about.unwrap_or_default().to_owned()
    };
    // Each says what its example holds, and promises nothing else.
    let (english, polish, swedish) = (about("en"), about("pl"), about("sv"));
    assert!(english.contains(" rounds, ") || english.contains(" round, "), "{english}");
    assert!(english.contains("of customers") && !english.contains("No round"), "{english}");
    assert!(polish.contains("Modrzewie") && polish.contains("2 miejsca") && !polish.contains("obchody,"), "{polish}");
    assert!(polish.contains("Nie zapisano w niej jeszcze żadnego obchodu"), "{polish}");
    assert!(swedish.contains("2 platser") && swedish.contains("Ingen runda"), "{swedish}");
    let without = [("Cookie", &*visitor.cookie), ("Content-Type", "application/x-www-form-urlencoded")];
    assert_eq!(desk.send("POST", "/new", &without, "sector=hotel").status, 403, "no token");

    let made = desk.post(&visitor, "/new", "sector=shop&title=..%2F..%2FCorner+%26+Co&language=en");
    assert_eq!(made.status, 200, "{}", made.body);
    let book = home().join("gamma-ok").join("corner-co");
    assert!(
        book.join("gamma-ok.yaml").is_file(),
        "{:?}",
        std::fs::read_dir(home().join("gamma-ok")).map(Iterator::count)
    );
    opens(&desk, &made.body);
    assert_eq!(desk.post(&visitor, "/new", "sector=nothing").status, 422);

    let shown = desk.post(&visitor, "/example", "");
    assert_eq!(shown.status, 200, "{}", shown.body);
    opens(&desk, &shown.body);
    assert!(home().join("gamma-ok").join("example-shop").join("audits").is_dir());

    assert!(desk.get(&visitor, "/").body.contains("corner-co"), "it is remembered");
    // Other tests open books meanwhile, so that its place in the list may be another by the time that it is asked for.
    let again = || {
        let listed = desk.get(&visitor, "/").body;
        let place = listed.split(">example-shop</button>").next().and_then(|before| before.rsplit("value=\"").next());
        let place: String = place.unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
        let again = desk.post(&visitor, "/open", &format!("book={place}"));
        again.status == 200 && onwards(&again.body).0 == onwards(&shown.body).0
    };
    assert!((0..20).any(|_| again()), "the example has a desk already");
    assert_eq!(desk.post(&visitor, "/open", "book=999").status, 422);
    assert_eq!(desk.post(&visitor, "/open", "book=..%2F..%2Fetc").status, 422);

    assert_eq!(desk.post(&visitor, "/quit", "").status, 200);
    assert!(desk.has_ended());
    std::fs::remove_dir_all(home()).expect("removed");
}
