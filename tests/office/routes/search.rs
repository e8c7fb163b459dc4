//! `/search`.

use office_tests::clerk::Clerk;
use office_tests::office::Office;

/// What is typed comes back as text, never as markup.
#[tokio::test]
async fn hostile_words_stay_words() {
    let office = Office::training();
    let login = server::training::accounts().remove(0).login;
    let clerk = Clerk::log_in(office.address(), &login).await;
    for words in ["\"><script>alert(1)</script>", "</textarea><script>", "' OR 1=1 --", "\u{202e}逆", "%%%___"] {
        let address = reqwest::Url::parse_with_params("http://x/search", [("q", words)]).unwrap();
        let page = clerk.get(&format!("/search?{}", address.query().unwrap())).await;
        assert!(page.status.is_success(), "{words}: {}", page.status);
        assert!(!page.text.contains("<script>alert") && !page.text.contains("</textarea><script>"), "{words}");
    }
}
