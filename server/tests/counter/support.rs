//! A training office in a temporary directory, and browsers without a screen.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use card::virtual_card::profiles;
use rules::case_states::CaseState;
use rules::kinds::{CertificateKind, CertificateStatus};
use server::clock::Clock;
use server::counter::case::{self, Case};
use server::data_dir::DataDir;
use server::office::{Mode, Office};
use server::stations::{self, Station};
use server::store::cards::Card;
use server::store::inquiry_letters::InquiryRow;
use server::store::residents::Resident;
use server::{routes, training};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt;

/// How long anything in the background may take.
const WITHIN: Duration = Duration::from_secs(90);

/// An office with its directory.
pub struct Ward {
    pub office: Office,
    router: Router,
    directory: tempfile::TempDir,
}

impl Ward {
    /// The same office on a later day, after the program was started again.
    pub async fn on(self, day: &str) -> Self {
        let Self { office, router, directory } = self;
        drop((office, router));
        let data = DataDir::open(directory.path()).unwrap();
        let today = day.parse().unwrap();
        let office = Office::open(data, Some(Mode::Training), Clock::starting(today)).await.unwrap();
        training::open_ward(&office).await.unwrap();
        let router = routes::router(office.clone());
        Self { office, router, directory }
    }

    /// Changes what the register says of a person, as a file does, and looks at what waits.
    pub async fn register(&self, number: &str, change: impl FnOnce(&mut Resident)) {
        let mut resident =
            server::store::residents::find(self.office.store().read(), number).await.unwrap().unwrap();
        change(&mut resident);
        let mut tx = self.office.store().write().await.unwrap();
        let at = self.office.clock().stamp();
        server::store::residents::save(&mut tx, &[&resident], &at).await.unwrap();
        tx.commit().await.unwrap();
        server::counter::inquiry::watch::sweep(&self.office).await.unwrap();
    }

    /// Changes what the register says of a person's card, as a file does, and looks at what waits.
    pub async fn card(&self, number: &str, change: impl FnOnce(&mut Card)) {
        let read = self.office.store().read();
        let mut card = server::store::cards::current_of_resident(read, number).await.unwrap().unwrap();
        change(&mut card);
        let mut tx = self.office.store().write().await.unwrap();
        server::store::cards::save(&mut tx, &[&card], &self.office.clock().stamp()).await.unwrap();
        tx.commit().await.unwrap();
        server::counter::inquiry::watch::sweep(&self.office).await.unwrap();
    }

    /// A certificate in the register is revoked, as after a move.
    pub async fn revoke(&self, profile: &str, kind: CertificateKind) {
        let mut tx = self.office.store().write().await.unwrap();
        let number = self.card_number(profile);
        let mut rows = server::store::certificates::of_cards(&mut tx, &[&number]).await.unwrap();
        rows.retain(|row| row.current && row.kind == kind);
        rows[0].status = CertificateStatus::Revoked;
        rows[0].reason = Some("転居".to_owned());
        server::store::certificates::change(&mut tx, &[&rows[0]]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Changes an office's setting.
    pub async fn set(&self, key: &str, value: &str) {
        let mut supervisor = self.log_in("takahashi", 2).await;
        let page = supervisor.submit("/settings", "/settings", &[(key, value)]).await;
        assert!(page.status.is_redirection() || page.status.is_success(), "{}", page.text);
    }

    /// The letters of a case, newest first.
    pub async fn letters(&self, case: &str) -> Vec<InquiryRow> {
        let id = self.case(case).await.row.id;
        server::store::inquiry_letters::of_case(self.office.store().read(), id).await.unwrap()
    }

    /// A training office with the made-up ward.
    pub async fn open() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let data = DataDir::open(directory.path()).unwrap();
        // A working day: the third Sunday has none of the national systems, whatever day the tests run on.
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let office = Office::open(data, Some(Mode::Training), Clock::starting(today)).await.unwrap();
        training::open_ward(&office).await.unwrap();
        let router = routes::router(office.clone());
        Self { office, router, directory }
    }

    /// Everything the office has written to its database, log included.
    pub fn database_bytes(&self) -> Vec<u8> {
        let read = |name: &str| std::fs::read(self.directory.path().join(name)).unwrap_or_default();
        [read("office.db"), read("office.db-wal")].concat()
    }

    /// A browser in which nobody has logged in.
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: Vec::new() }
    }

    /// A browser in which a member of staff has logged in at a counter.
    pub async fn log_in(&self, login: &str, station: i64) -> Browser {
        let mut browser = self.browser();
        let account = training::accounts().into_iter().find(|account| account.login == login).unwrap();
        let password = account.password;
        let station = station.to_string();
        let fields = [("login", login), ("password", password.as_str()), ("station", station.as_str())];
        let page = browser.post("/login", &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        browser
    }

    pub async fn station(&self, id: i64) -> Arc<dyn Station> {
        stations::at(&self.office, id).await.unwrap()
    }

    /// Lays a sample card on a station's reader and waits until it has been read.
    pub async fn lay(&self, station: i64, profile: &str) {
        stations::training::lay_sample(&self.office, station, profile).await.unwrap();
        let number = self.card_number(profile);
        let station = self.station(station).await;
        self.until("the card was never read", || {
            station.view().reading().is_some_and(|reading| reading.card.card.card_number == number)
        })
        .await;
    }

    pub fn resident(&self, profile: &str) -> String {
        profiles::find(profile, self.office.clock().today()).unwrap().resident_number
    }

    pub fn card_number(&self, profile: &str) -> String {
        profiles::find(profile, self.office.clock().today()).unwrap().person.card_number
    }

    pub async fn until(&self, why: &str, done: impl Fn() -> bool) {
        let begun = Instant::now();
        while !done() {
            assert!(begun.elapsed() < WITHIN, "{why}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The case once it stands where it should.
    pub async fn case_in(&self, path: &str, state: rules::case_states::CaseState) -> Case {
        let begun = Instant::now();
        loop {
            let case = self.case(path).await;
            if case.state == state {
                return case;
            }
            let why =
                format!("{path} stands at {:?}, not {state:?}: {:?}", case.state, case.facts.interruption);
            assert!(begun.elapsed() < WITHIN, "{why}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub async fn case(&self, path: &str) -> Case {
        case::load(&self.office, path.rsplit('/').next().unwrap()).await.unwrap()
    }
}

/// A page as it came.
#[derive(Clone, Debug)]
pub struct Page {
    pub status: StatusCode,
    pub location: String,
    pub text: String,
}

/// A browser: cookies and nothing else.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: Vec<(String, String)>,
}

impl Browser {
    pub fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// An answer that goes on.
    pub async fn listen(&self, path: &str) -> axum::body::BodyDataStream {
        let request = self.with_cookies(Request::get(path).body(Body::empty()).unwrap());
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body().into_data_stream()
    }

    /// An answer with its headers.
    pub async fn raw(&self, request: Request<Body>) -> axum::http::Response<Vec<u8>> {
        let response = self.router.clone().oneshot(self.with_cookies(request)).await.unwrap();
        let (parts, body) = response.into_parts();
        axum::http::Response::from_parts(parts, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    /// The headers of an answer that may never end.
    pub async fn raw_head(&self, path: &str) -> axum::http::HeaderMap {
        let request = self.with_cookies(Request::get(path).body(Body::empty()).unwrap());
        self.router.clone().oneshot(request).await.unwrap().headers().clone()
    }

    pub async fn bytes(&mut self, path: &str) -> (StatusCode, Vec<u8>) {
        let request = self.with_cookies(Request::get(path).body(Body::empty()).unwrap());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        (status, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = serde_html_form::to_string(fields).unwrap();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// The form of the page `on` that goes to `action`, with what it carries hidden.
    pub async fn submit(&mut self, on: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let hidden = self.hidden(on, action).await;
        let mut all: Vec<(&str, &str)> =
            hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        all.extend_from_slice(fields);
        self.post(action, &all).await
    }

    /// What the form of the page `on` that goes to `action` carries hidden.
    pub async fn hidden(&mut self, on: &str, action: &str) -> Vec<(String, String)> {
        let page = self.get(on).await;
        hidden(&page.text, action).unwrap_or_else(|| panic!("no form to {action} on {on}:\n{}", page.text))
    }

    fn with_cookies(&self, mut request: Request<Body>) -> Request<Body> {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        request
    }

    pub async fn send(&mut self, request: Request<Body>) -> Page {
        let request = self.with_cookies(request);
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let status = response.status();
        let location = response.headers().get(header::LOCATION);
        let location = location.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Page { status, location, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// This browser becomes the PIN pad of its clerk's counter.
    pub async fn open_pad(&mut self) {
        let page = self.submit("/pinpad", "/pinpad/here", &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    }

    /// Opens a case and returns its address.
    pub async fn open(&mut self, resident: &str, procedure: &str) -> String {
        let page = self.try_open(resident, procedure).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        page.location
    }

    pub async fn try_open(&mut self, resident: &str, procedure: &str) -> Page {
        let csrf = self.csrf().await;
        let once = format!("{:032x}", fresh_key());
        let fields = [("csrf", csrf.as_str()), ("once", once.as_str()), ("procedure", procedure)];
        let fields = [fields[0], fields[1], fields[2], ("applicant", "principal")];
        self.post(&format!("/residents/{resident}/cases"), &fields).await
    }

    /// Opens a case for somebody else than the principal.
    pub async fn open_for(&mut self, resident: &str, fields: &[(&str, &str)]) -> Page {
        let on = format!("/residents/{resident}/reception");
        self.submit(&on, &format!("/residents/{resident}/cases"), fields).await
    }

    /// Opens a proxy's case for a renewal and returns its address.
    pub async fn open_proxy(&mut self, resident: &str) -> String {
        let fields = [
            ("procedure", "renewal"),
            ("applicant", "proxy"),
            ("third_name", "代理　太郎"),
            ("third_relation", "長男"),
        ];
        let page = self.open_for(resident, &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        page.location
    }

    /// Opens the case of an adult ward's guardian who asks for a signature certificate, and returns its address.
    pub async fn open_guardian(&mut self, ward: &Ward) -> String {
        let number = ward.resident("early");
        ward.register(&number, |resident| resident.adult_ward = true).await;
        ward.revoke("early", CertificateKind::Signature).await;
        let wish = [
            ("procedure", "issuance"),
            ("applicant", "legal_representative"),
            ("third_name", "訓練　後見"),
            ("third_relation", "成年後見人"),
        ];
        let page = self.open_for(&number, &wish).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        page.location
    }

    /// Does a step that must succeed.
    pub async fn does(&mut self, case: &str, step: &str, fields: &[(&str, &str)]) {
        let page = self.step(case, step, fields).await;
        let wrong = between(&page.text, "<div role=\"alert\"", "</div>").unwrap_or_default();
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{step}: {wrong}");
    }

    /// A proxy's first visit without the notice's form: the case waits with its letter posted.
    pub async fn first_visit(&mut self, resident: &str) -> String {
        let case = self.open_proxy(resident).await;
        self.does(&case, "identity", &[("applicant_documents", "driving_licence"), ("notice_form", "none")])
            .await;
        self.does(&case, "inquiry-letter", &[]).await;
        self.does(&case, "posted", &[]).await;
        case
    }

    /// The second visit up to the application taken in.
    pub async fn second_visit(&mut self, case: &str, documents: &[(&str, &str)]) {
        self.does(case, "reply", &[("reply", "sealed"), ("complete", "yes")]).await;
        let mut fields = vec![("applicant_documents", "driving_licence"), ("named_in_reply", "yes")];
        fields.extend_from_slice(documents);
        self.does(case, "identity", &fields).await;
        self.does(case, "application", &[]).await;
    }

    /// From the PINs to the closed case.
    pub async fn finish(&mut self, ward: &Ward, case: &str, typed: &[(&str, &str)]) {
        self.does(case, "pins", &[]).await;
        self.until_text("/pinpad", "/pinpad/pins").await;
        let page = self.submit("/pinpad", "/pinpad/pins", typed).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        ward.case_in(case, CaseState::PinsVerified).await;
        self.does(case, "update", &[]).await;
        ward.case_in(case, CaseState::Updated).await;
        let given = [("copy_given", "yes"), ("card_returned", "yes"), ("face_written", "yes")];
        self.does(case, "hand-over", &given).await;
        assert_eq!(ward.case(case).await.state, CaseState::Closed);
    }

    /// The session's token, from the page of the simulated reader.
    pub async fn csrf(&mut self) -> String {
        let page = self.get("/station/reader").await;
        between(&page.text, "name=\"csrf\" value=\"", "\"").expect("a form")
    }

    /// Sends a step of a case.
    pub async fn step(&mut self, case: &str, step: &str, fields: &[(&str, &str)]) -> Page {
        self.submit(case, &format!("{case}/{step}"), fields).await
    }

    /// Identity by the card, then the application.
    pub async fn identify_and_apply(&mut self, case: &str) {
        let page = self.step(case, "identity", &[("documents", "individual_number_card")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        let page = self.step(case, "application", &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    }

    /// The clerk asks for the PINs and the resident enters them.
    pub async fn enter_pins(&mut self, case: &str, signature: &str) -> Page {
        let page = self.step(case, "pins", &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        self.type_pins(signature).await
    }

    /// The resident types at the pad.
    pub async fn type_pins(&mut self, signature: &str) -> Page {
        self.until_text("/pinpad", "/pinpad/pins").await;
        let fields = [("signature", signature), ("authentication", "1111"), ("resident_register", "2222")];
        self.submit("/pinpad", "/pinpad/pins", &fields).await
    }

    pub async fn until_text(&mut self, path: &str, words: &str) -> Page {
        let begun = Instant::now();
        loop {
            let page = self.get(path).await;
            if page.text.contains(words) {
                return page;
            }
            assert!(begun.elapsed() < WITHIN, "{path} never said {words}:\n{}", page.text);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// Different at each call, for keys of forms that no page has made.
fn fresh_key() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

pub fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let at = text.find(before)? + before.len();
    Some(text[at..at + text[at..].find(after)?].to_owned())
}

fn hidden(text: &str, action: &str) -> Option<Vec<(String, String)>> {
    let at = text.find(&format!("action=\"{action}\""))?;
    let end = at + text[at..].find("</form>")?;
    let mut fields = Vec::new();
    for input in text[at..end].split("<input").skip(1) {
        let tag = &input[..input.find('>').unwrap_or(input.len())];
        if tag.contains("type=\"hidden\"") {
            fields.push((between(tag, "name=\"", "\"")?, between(tag, "value=\"", "\"")?));
        }
    }
    Some(fields)
}

/// The PINs of the sample people, as the resident (or the reply) has them.
pub const PINS: [(&str, &str); 3] =
    [("signature", "TRAIN123"), ("authentication", "1111"), ("resident_register", "2222")];
