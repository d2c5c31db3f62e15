//! A Chromium that a test starts and ends, spoken to by WebDriver and by the browser's own protocol.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::has;

/// A browser that this test started, and ends.
pub struct Browser {
    driver: Child,
    session: String,
    profile: tempfile::TempDir,
}

/// Keys that have no letter.
pub const ENTER: char = '\u{e007}';
pub const TAB: char = '\u{e004}';
pub const DOWN: char = '\u{e015}';
pub const CONTROL: char = '\u{e009}';

impl Browser {
    pub fn start() -> Option<Browser> {
        Browser::start_with(json!({}))
    }

    /// A browser with those settings of a profile; none where the programs lack.
    pub fn start_with(settings: Value) -> Option<Browser> {
        if !has("chromium") || !has("chromedriver") {
            return None;
        }
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("started successfully on port ")?;
            rest.trim_end_matches('.').parse::<u16>().ok()
        });
        let root = format!("http://127.0.0.1:{}", port.expect("chromedriver names its port"));
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &format!("--user-data-dir={}", profile.path().join("profile").display()),
        ];
        let options = json!({"args": arguments, "prefs": settings});
        // What a page says in its console, its policy's refusals among it, fails a test that asks for it.
        let wanted = json!({"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}});
        let answer = post(&format!("{root}/session"), &json!({"capabilities": {"alwaysMatch": wanted}}));
        let id = answer["sessionId"].as_str().expect("a session").to_owned();
        let browser = Browser { driver, session: format!("{root}/session/{id}"), profile };
        let downloads = browser.profile.path().join("saved");
        browser.cdp("Browser.setDownloadBehavior", json!({"behavior": "allow", "downloadPath": downloads}));
        Some(browser)
    }

    pub fn open(&self, file: &Path) {
        self.go(&format!("file://{}", file.display()));
    }

    /// Waits until a script returns a text that holds another.
    pub fn wait_text(&self, script: &str, text: &str) {
        let until = Instant::now() + Duration::from_secs(30);
        while !self.text(script).contains(text) {
            assert!(Instant::now() < until, "{text}: {}", self.text(script));
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Goes to an address.
    pub fn go(&self, address: &str) {
        post(&format!("{}/url", self.session), &json!({"url": address}));
    }

    /// Waits until a script in the page returns something that holds.
    #[cfg(feature = "desk")]
    pub fn until(&self, what: &str, script: &str) {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            if self.ask(script).as_bool() == Some(true) {
                return;
            }
            assert!(
                Instant::now() < until,
                "{what}: {}",
                self.text("return location.href + ': ' + document.body.innerText.slice(0, 600)")
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn cdp(&self, command: &str, parameters: Value) -> Value {
        post(&format!("{}/goog/cdp/execute", self.session), &json!({"cmd": command, "params": parameters}))
    }

    pub fn screen(&self, (width, height): (u32, u32), scheme: &str) {
        let phone = width < 600;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics);
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// What a script in the page returns.
    pub fn ask(&self, script: &str) -> Value {
        self.ask_of(script, json!([]))
    }

    /// What a script in the page returns of its `arguments`.
    pub fn ask_of(&self, script: &str, arguments: Value) -> Value {
        post(&format!("{}/execute/sync", self.session), &json!({"script": script, "args": arguments}))
    }

    /// What a script hands to its last argument, once it does.
    #[cfg(feature = "desk")]
    pub fn wait_for(&self, script: &str) -> Value {
        post(&format!("{}/execute/async", self.session), &json!({"script": script, "args": []}))
    }

    /// The text that a script returns.
    pub fn text(&self, script: &str) -> String {
        self.ask(script).as_str().unwrap_or_default().to_owned()
    }

    /// Opens what an element is folded away in, as whoever wants it would.
    fn unfold(&self, selector: &str) {
        let script = "const e = document.querySelector(arguments[0]);
            const up = e?.closest('summary') ? e.parentElement.parentElement : e;
            for (let d = up?.closest('details'); d; d = d.parentElement.closest('details')) d.open = true";
        self.ask_of(script, json!([selector]));
    }

    fn element(&self, selector: &str) -> String {
        let found = post(&format!("{}/element", self.session), &json!({"using": "css selector", "value": selector}));
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        format!("{}/element/{}", self.session, id.expect("an element has an id"))
    }

    /// Clicks as a finger would: what covers the element's middle gets the click, and fails the test.
    pub fn click(&self, selector: &str) {
        self.unfold(selector);
        // The page may still be on its way to somewhere else.
        let script = "const at = document.querySelector(arguments[0]); if (arguments[1]) at.scrollIntoView({block: 'center'}); return at.getBoundingClientRect().top";
        for _ in 0..50 {
            let there = self.ask_of(script, json!([selector, true]));
            std::thread::sleep(Duration::from_millis(30));
            if self.ask_of(script, json!([selector, false])) == there {
                break;
            }
        }
        // The page may put another element in its place between the two requests.
        let click = || try_post(&format!("{}/click", self.element(selector)), &json!({}));
        let answer = (0..3).map(|_| click()).find(|answer| answer["value"]["error"] != "stale element reference");
        assert!(answer.as_ref().is_some_and(|answer| answer["value"]["error"].is_null()), "{selector}: {answer:?}");
    }

    /// What a script that lists faults finds once the page is at rest: the last answer, or the first empty list within three seconds.
    pub fn faults(&self, script: &str) -> Value {
        let until = Instant::now() + Duration::from_secs(3);
        loop {
            let found = self.ask(script);
            if found == json!([]) || Instant::now() > until {
                return found;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Types into a field.
    pub fn write(&self, selector: &str, text: &str) {
        self.unfold(selector);
        post(&format!("{}/value", self.element(selector)), &json!({"text": text}));
    }

    /// Presses keys one after the other, wherever the focus is.
    pub fn keys(&self, keys: impl IntoIterator<Item = char>) {
        let stroke = |key: char| [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        self.strokes(keys.into_iter().flat_map(stroke).collect());
    }

    /// Presses a key while another is held.
    pub fn chord(&self, held: char, key: char) {
        let keys = [("keyDown", held), ("keyDown", key), ("keyUp", key), ("keyUp", held)];
        self.strokes(keys.map(|(what, key)| json!({"type": what, "value": key})).to_vec());
    }

    fn strokes(&self, actions: Vec<Value>) {
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": actions});
        post(&format!("{}/actions", self.session), &json!({"actions": [keyboard]}));
    }

    /// Says yes to a question that the page asks.
    pub fn accept(&self) {
        post(&format!("{}/alert/accept", self.session), &json!({}));
    }

    /// Whether the page asks a question.
    #[cfg(feature = "desk")]
    pub fn is_asked(&self) -> bool {
        ureq::get(format!("{}/alert/text", self.session)).call().is_ok()
    }

    /// What the page's console holds since it was asked last.
    pub fn console(&self) -> Vec<String> {
        let lines = post(&format!("{}/se/log", self.session), &json!({"type": "browser"}));
        let lines = lines.as_array().cloned().unwrap_or_default();
        lines.iter().map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The file that a page has just saved: its name and what is in it. It is taken away, for the next one.
    pub fn saved(&self) -> (String, String) {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let files = fs::read_dir(self.profile.path().join("saved")).into_iter().flatten().flatten();
            let mut done = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "json"));
            if let Some(file) = done.next() {
                let text = fs::read_to_string(file.path()).expect("a saved file is text");
                if !text.is_empty() {
                    fs::remove_file(file.path()).expect("a saved file can be taken away");
                    return (file.file_name().to_string_lossy().into_owned(), text);
                }
            }
            assert!(Instant::now() < until, "nothing was saved");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = ureq::delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn post(url: &str, body: &Value) -> Value {
    let mut answer = try_post(url, body);
    assert!(answer["value"]["error"].is_null(), "{url}: {}", answer["value"]);
    answer["value"].take()
}

/// What chromedriver answers, errors included.
fn try_post(url: &str, body: &Value) -> Value {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let mut answer = ureq::Agent::new_with_config(config).post(url).send_json(body).expect("chromedriver answers");
    answer.body_mut().read_json().expect("chromedriver speaks JSON")
}
