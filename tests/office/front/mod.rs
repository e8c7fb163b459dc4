//! The front door: TLS, proxies, and those who come too often or too slowly.

mod crowd;
mod proxy;
mod tls;

use server::training;

/// The body of a login form, as the first training account fills it in.
fn login() -> String {
    let account = training::accounts().remove(0);
    format!("login={}&password={}&station=1", account.login, account.password.replace(' ', "+"))
}
