//! Writes every page with made-up people to a directory, to be looked at: `cargo run -p app --example gallery -- DIR`.

mod samples;

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let directory = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned()));
    std::fs::create_dir_all(directory.join("assets"))?;
    for asset in app::assets::all() {
        std::fs::write(directory.join(asset.path.trim_start_matches('/')), asset.body)?;
    }
    for (name, html) in samples::pages(&samples::Text::plain()) {
        // From a file there is no site: the assets lie beside the page.
        std::fs::write(directory.join(format!("{name}.html")), html.replace("\"/assets/", "\"assets/"))?;
    }
    Ok(())
}
