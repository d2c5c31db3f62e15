//! Whoever does not belong: nothing leaks, nothing is lost, nothing stops.

use std::io::Write;
use std::net::TcpStream;
use std::thread;

use serde_json::json;

use super::client::Desk;
use super::{PAGES, round, standard};
use crate::support::Book;

#[test]
fn without_the_cookie_nothing_is_answered_and_a_key_opens_once() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    for page in PAGES.into_iter().chain(["/events", "/standards/greeting", "/nowhere"]) {
        let answer = desk.send("GET", page, &[], "");
        assert_eq!(answer.status, 401, "{page}");
        assert!(!answer.body.contains("Corner shop"), "{page} says what the book is called");
        assert!(!answer.body.contains(&desk.key), "{page}");
    }
    assert_eq!(desk.send("POST", "/rounds", &[("Content-Type", "application/json")], "{}").status, 401);
    assert_eq!(desk.enter("").status, 403);
    assert_eq!(desk.enter(&"0".repeat(64)).status, 403);
    let visitor = desk.visitor();
    assert_eq!(desk.enter(&desk.key).status, 403, "the key was used");
    assert_eq!(desk.get(&visitor, "/").status, 200);
    let cookie = format!("{}x", visitor.cookie);
    assert_eq!(desk.send("GET", "/", &[("Cookie", &cookie)], "").status, 401);
}

#[test]
fn a_thousand_guesses_open_nothing() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    for guess in 0..1000 {
        assert_eq!(desk.enter(&format!("{guess:064x}")).status, 403);
    }
    assert_eq!(desk.get(&desk.visitor(), "/").status, 200);
}

#[test]
fn a_page_from_before_a_restart_is_refused_in_its_language_with_the_words_that_were_typed() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let chosen = desk.post(&visitor, "/choices", "lang=pl&back=/");
    let lang =
        chosen.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next()).expect("a cookie");
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let typed = "token=0&record=r&remark=Przeszkolono+%3Cb%3E";
    for (cookie, status) in [(lang.to_owned(), 401), (format!("{}; {lang}", visitor.cookie), 403)] {
        let refused = desk.send("POST", "/actions/done", &[("Cookie", &cookie), form], typed);
        assert_eq!(refused.status, status, "{}", refused.body);
        assert!(refused.body.contains("<html lang=\"pl\">") && refused.body.contains("niczego nie zapisano"));
        assert!(refused.body.contains(">Przeszkolono &lt;b&gt;</textarea>"), "{}", refused.body);
        let script = desk.send("POST", "/rounds", &[("Cookie", &cookie), ("Content-Type", "application/json")], "{}");
        assert!(script.status == status && script.body.contains("niczego nie zapisano"), "{}", script.body);
    }
}

#[test]
fn nothing_is_written_without_the_token_or_for_another_site() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let before = book.files("");
    let json = round(&book, "met").to_string();
    let (cookie, token) = (visitor.cookie.as_str(), visitor.token.as_str());
    let kind = ("Content-Type", "application/json");
    let own = [("Cookie", cookie), kind, ("X-Desk-Token", token)];
    assert_eq!(desk.send("POST", "/rounds", &own[..2], &json).status, 403, "no token");
    assert_eq!(desk.send("POST", "/rounds", &[own[0], kind, ("X-Desk-Token", "0")], &json).status, 403);
    assert_eq!(desk.send("POST", "/rounds", &[own[0], own[2], ("Content-Type", "text/plain")], &json).status, 415);
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(desk.send("POST", "/rounds/withdraw", &[own[0], form], "record=a&reason=b").status, 403);
    for origin in ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"] {
        let foreign = [own[0], own[1], own[2], ("Origin", origin)];
        assert_eq!(desk.send("POST", "/rounds", &foreign, &json).status, 403, "{origin}");
    }
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example"] {
        assert_eq!(desk.send("GET", "/", &[("Cookie", cookie), ("Host", host)], "").status, 403, "{host}");
    }
    let two =
        format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nHost: evil.example\r\nCookie: {cookie}\r\n\r\n", desk.port);
    assert!([400, 403].contains(&desk.raw(two.as_bytes()).status));
    let taken_in = [("Cookie", cookie), ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "no-cors")];
    assert_eq!(desk.send("GET", "/standards", &taken_in, "").status, 403, "a page at another port takes it in");
    assert_eq!(desk.send("DELETE", "/rounds", &own, "").status, 405);
    assert_eq!(book.files(""), before);
    let own_origin = format!("http://127.0.0.1:{}", desk.port);
    assert_eq!(desk.send("POST", "/rounds", &[own[0], own[1], own[2], ("Origin", &own_origin)], &json).status, 201);
}

#[test]
fn no_path_leads_to_a_file_or_away() {
    let book = Book::sound().with("secret.txt", "nobody reads this");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    for path in [
        "/../secret.txt",
        "/secret.txt",
        "/%2e%2e/secret.txt",
        "/standards/../secret.txt",
        "/standards/%2e%2e%2fsecret.txt",
        "/standards/..\\secret.txt",
        "//secret.txt",
        "/documents/show?kind=../secret.txt",
        "/standards//secret.txt",
        "/documents/show?kind=checklist&format=../../secret.txt",
    ] {
        let answer = desk.get(&visitor, path);
        assert!(
            [400, 404].contains(&answer.status) && !answer.body.contains("nobody reads this"),
            "{path}: {answer:?}"
        );
    }
    for record in ["../gamma-ok", "../../x", "/etc/passwd", "..%2f..%2fgamma-ok"] {
        assert_eq!(
            desk.post(&visitor, "/rounds/withdraw", &format!("record={record}&reason=x")).status,
            422,
            "{record}"
        );
    }
    for back in ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aSet-Cookie:x=y"] {
        let answer = desk.post(&visitor, "/choices", &format!("lang=pl&back={back}"));
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{back}");
    }
}

#[test]
fn what_a_book_says_is_text_and_its_own_templates_do_not_run_here() {
    let script = "<script>document.title='x'</script>";
    let book = Book::sound()
        .with("templates/html/checklist.html", "<script>stolen = 1</script>")
        .with("templates/desk/layout.html", "<script>stolen = 2</script>");
    let (id, _) = standard(&book);
    let record = format!(
        "site: corner\ndate: 2026-02-01\nauditor: \"{script}\"\nvisit: \"{script}\"\nanswers:\n  {id}:\n    answer: not met\n    note: \
         \"{script}\"\n    action: {{what: \"{script}\", cause: \"{script}\", owner: \"{script}\", due: 2026-02-20}}\n"
    );
    let book = book.with("audits/2026-02-01-corner.yaml", record);
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let all = PAGES.into_iter().chain(["/documents/show?kind=audit-report", "/documents/show?kind=actions"]);
    for page in all {
        let answer = desk.get(&visitor, page);
        assert!(!answer.body.contains(script) && !answer.body.contains("stolen ="), "{page}");
        let policy = answer.header("content-security-policy").to_owned();
        if page.starts_with("/documents/show") && answer.status == 200 {
            assert!(policy.starts_with("sandbox allow-scripts"), "{page}: {policy}");
        } else {
            assert!(
                policy.contains("default-src 'none'") && !policy.contains("script-src 'unsafe"),
                "{page}: {policy}"
            );
        }
    }
    let mut sent = round(&book, "not met");
    for field in ["auditor", "visit", "staff"] {
        sent[field] = json!(script);
    }
    sent["answers"][0]["note"] = json!(script);
    sent["answers"][0]["action"] = json!({"what": script, "cause": script, "owner": script});
    let answer = desk.hand_in(&visitor, "/rounds", &sent);
    assert_eq!(answer.header("content-type"), "application/json");
    for page in ["/", "/rounds", "/actions", "/results", "/writing"] {
        assert!(!desk.get(&visitor, page).body.contains(script), "{page}");
    }
}

#[test]
fn what_is_too_large_or_never_ends_stops_nobody() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let head = format!(
        "POST /rounds HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nCookie: {}\r\nX-Desk-Token: {}\r\nContent-Type: \
         application/json\r\n",
        desk.port, visitor.cookie, visitor.token
    );
    let announced = format!("{head}Content-Length: {}\r\n\r\n", 100 * 1024 * 1024);
    assert_eq!(desk.raw(announced.as_bytes()).status, 413);
    // A hundred megabytes that nobody announced: read up to the limit, then refused.
    let mut stream = TcpStream::connect(("127.0.0.1", desk.port)).expect("room");
    stream.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).expect("sent");
    let chunk = [b"100000\r\n".as_slice(), &vec![b'a'; 0x10_0000], b"\r\n"].concat();
    let sent = (0..100).take_while(|_| stream.write_all(&chunk).is_ok()).count();
    let mut answer = String::new();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).expect("a limit");
    let _ = std::io::Read::read_to_string(&mut stream, &mut answer);
    assert!(answer.starts_with("HTTP/1.1 413 ") || (sent < 100 && answer.is_empty()), "{sent}: {answer}");
    let table = format!("{head}Content-Length: {}\r\n\r\n", 20 * 1024 * 1024);
    let table = table.replace("POST /rounds", "POST /customers?file=a.csv").replace("application/json", "text/csv");
    assert_eq!(desk.raw(table.as_bytes()).status, 413);
    let fields = "a".repeat(100 * 1024);
    assert_eq!(desk.post(&visitor, "/rounds/withdraw", &format!("record={fields}")).status, 413);
    for rubbish in ["{", "[]", "null", "\"text\"", "{\"gamma-ok\": \"review\"}", "\u{0}\u{1}"] {
        let headers =
            [("Cookie", &*visitor.cookie), ("X-Desk-Token", &*visitor.token), ("Content-Type", "application/json")];
        let answer = desk.send("POST", "/rounds", &headers, rubbish);
        assert_eq!(answer.status, 422, "{rubbish}: {}", answer.body);
    }
    // Slow ones, who send half a head and wait.
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", desk.port)).expect("room");
            stream.write_all(b"GET / HTTP/1.1\r\nHo").expect("sent");
            stream
        })
        .collect();
    assert_eq!(desk.get(&visitor, "/rounds").status, 200);
    drop(slow);
}

#[test]
fn many_write_at_once_and_nothing_is_lost() {
    let book = Book::sound();
    let desks = [Desk::open(&book), Desk::open(&book)];
    assert_ne!(desks[0].port, desks[1].port, "two programs");
    let one = round(&book, "met");
    thread::scope(|scope| {
        for (number, desk) in desks.iter().enumerate() {
            let (one, book) = (&one, &book);
            scope.spawn(move || {
                let visitor = desk.visitor();
                for turn in 0..5 {
                    let mut sent = one.clone();
                    sent["round"] = json!(format!("{:08x}", number * 100 + turn));
                    sent["date"] = json!(format!("2026-02-{:02}T09:0{number}", turn + 1));
                    let answer = desk.hand_in(&visitor, "/rounds", &sent);
                    assert_eq!(answer.status, 201, "{}", answer.body);
                }
                book.run("audit new --site market --date 2026-01-15");
            });
        }
    });
    let rounds =
        book.files("audits").iter().filter(|path| book.read(&format!("audits/{path}")).contains("round: ")).count();
    assert_eq!(rounds, 10);
}

#[test]
fn files_that_vanish_are_told_and_come_back() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let manifest = book.read("gamma-ok.yaml");
    std::fs::rename(book.path().join("gamma-ok.yaml"), book.path().join("gone")).expect("renamed");
    let mut answer = desk.get(&visitor, "/standards");
    // The system tells of it a moment later.
    for _ in 0..50 {
        if answer.status == 422 {
            break;
        }
        thread::sleep(std::time::Duration::from_millis(50));
        answer = desk.get(&visitor, "/standards");
    }
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert_eq!(desk.hand_in(&visitor, "/rounds", &json!({"gamma-ok": "checklist"})).status, 422);
    let book = book.with("gamma-ok.yaml", manifest);
    for _ in 0..50 {
        if desk.get(&visitor, "/standards").status == 200 {
            break;
        }
        thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(desk.get(&visitor, "/standards").status, 200);
    drop(book);
}

#[test]
fn a_stored_script_stays_text_in_every_field_there_is() {
    const EVIL: &str = "<img src=x onerror=stolen()>'\\\"</script></textarea></title>";
    let manifest = format!(
        "title: \"{EVIL}\"\nlanguages: [en]\nsector: shop\nderive: false\nareas:\n  - {{id: counter, title: \"{EVIL}\"}}\nbrand: {{logo: logo.svg}}\n"
    );
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"stolen()\"><script>stolen()</script><image href=\"http://evil.example/x\"/><rect width=\"9\" height=\"9\"/></svg>";
    let sequence = format!(
        "id: visit\ntitle: \"{EVIL}\"\nphases:\n  - id: come\n    title: \"{EVIL}\"\n    traits: [friendly]\n    standards:\n      - id: greet\n        trait: friendly\n        type: personal\n        level: basic\n        role: seller\n        critical: true\n        text: \"The seller greets {EVIL} within 5 seconds.\"\n        why: \"{EVIL}\"\n        say: [\"{EVIL}\"]\n"
    );
    let record = format!(
        "site: corner\ndate: 2026-02-01\nauditor: \"{EVIL}\"\nvisit: \"{EVIL}\"\nanswers:\n  greet:\n    answer: not met\n    note: \"{EVIL}\"\n    evidence: [\"{EVIL}.jpg\"]\n    action: {{evidence: [\"{EVIL}.png\"], what: \"{EVIL}\", cause: \"{EVIL}\", owner: \"{EVIL}\", due: 2026-02-20, remark: \"{EVIL}\"}}\n"
    );
    let feedback =
        format!("date,site,area,rating,comment\n2026-02-01,corner,counter,1,\"{}\"\n", EVIL.replace('"', "\"\""));
    let book = Book::empty()
        .with("gamma-ok.yaml", manifest)
        .with("logo.svg", svg)
        .with("roles.yaml", format!("roles:\n  - {{id: seller, title: \"{EVIL}\"}}\n"))
        .with("sites/corner.yaml", format!("id: corner\ntitle: \"{EVIL}\"\n"))
        .with("sequences/visit.yaml", sequence)
        .with("audits/2026-02-01-corner.yaml", record)
        .with("feedback/2026.csv", feedback);
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let evil = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    assert_eq!(desk.post(&visitor, "/review/open", "name=2026&all=yes").status, 303);
    let people = format!("name=2026&reviewers={0}&added={0}", evil(EVIL));
    assert_eq!(desk.post(&visitor, "/review/people", &people).status, 303);
    let decision = format!("name=2026&standard=greet&decision=reword&reason={0}&owner={0}", evil(EVIL));
    assert_eq!(desk.post(&visitor, "/review/decide", &decision).status, 303);
    let more = [
        "/review/one?name=2026",
        "/review/item?name=2026&standard=greet",
        "/review/document?name=2026&kind=review-report",
        "/review/document?name=2026&kind=review-checklist",
        "/standards/greet",
        "/documents/show?kind=manual",
        "/documents/show?kind=audit-report",
        "/documents/show?kind=feedback",
    ];
    let asked = format!("/standards?text={}", evil(EVIL));
    for page in PAGES.into_iter().chain(more).chain([asked.as_str()]) {
        for role in ["manager", "trainer", "consultant"] {
            let cookie =
                format!("{}; {}-role={role}", visitor.cookie, visitor.cookie.split('=').next().unwrap_or_default());
            let answer = desk.send("GET", page, &[("Cookie", &cookie)], "");
            assert_eq!(answer.status, 200, "{page}: {}", &answer.body[..answer.body.len().min(400)]);
            assert!(!answer.body.contains("<img src=x"), "{page} as {role}");
            assert!(
                !answer.body.contains("<script>stolen") && !answer.body.contains("onload=\"stolen"),
                "{page} as {role}"
            );
        }
    }
    // What is asked is told back as text too.
    for path in ["/nowhere/<img src=x>", "/review/one?name=<img+src=x>"] {
        assert!(
            !desk
                .get(&visitor, &path.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20"))
                .body
                .contains("<img src=x")
        );
    }
}

#[test]
fn whoever_is_unknown_is_not_waited_for_long() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let slow: Vec<TcpStream> = (0..300)
        .map_while(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", desk.port)).ok()?;
            stream.set_read_timeout(Some(std::time::Duration::from_secs(40))).ok()?;
            let head = format!(
                "POST /enter HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \
                 60\r\n\r\nkey=",
                desk.port
            );
            stream.write_all(head.as_bytes()).ok()?;
            Some(stream)
        })
        .collect();
    let started = std::time::Instant::now();
    assert_eq!(desk.get(&visitor, "/rounds").status, 200);
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    drop(slow);
}
