//! The last steps: shared sheets, one set of resources, language, properties.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use super::{Book, shared_name};
use crate::{FormError, PrintOptions};

pub(super) struct Finish<'a> {
    pub(super) book: &'a Book,
    pub(super) options: &'a PrintOptions,
    pub(super) font_ids: Vec<(String, ObjectId)>,
}

impl Finish<'_> {
    pub(super) fn write(self, mut document: Document) -> Result<Vec<u8>, FormError> {
        "1.7".clone_into(&mut document.version);
        self.pages(&mut document).map_err(|e| FormError::Pdf(e.to_string()))?;
        self.properties(&mut document).map_err(|e| FormError::Pdf(e.to_string()))?;
        document.compress();
        let mut file = Vec::new();
        document.save_to(&mut file).map_err(|e| FormError::Pdf(e.to_string()))?;
        Ok(file)
    }

    /// Turns the first pages into form XObjects and gives all others the same resources.
    fn pages(&self, document: &mut Document) -> lopdf::Result<()> {
        let fonts: Dictionary =
            self.font_ids.iter().map(|(name, id)| (name.as_bytes(), Object::Reference(*id))).collect();
        let fonts = document.add_object(fonts);
        let tree = document.catalog()?.get(b"Pages")?.as_reference()?;
        let kids: Vec<ObjectId> = document
            .get_dictionary(tree)?
            .get(b"Kids")?
            .as_array()?
            .iter()
            .map(Object::as_reference)
            .collect::<lopdf::Result<_>>()?;
        let (shared, pages) = kids.split_at(self.book.shared.len());

        let page = document.get_dictionary(pages[0])?;
        let bounds = page.get(b"MediaBox")?.clone();
        let mut forms = Dictionary::new();
        for (index, id) in shared.iter().enumerate() {
            let (contents, resources) = page_parts(document, *id)?;
            document.delete_object(*id);
            document.delete_object(resources);
            let form = document.get_object_mut(contents)?.as_stream_mut()?;
            form.dict.set("Type", "XObject");
            form.dict.set("Subtype", "Form");
            form.dict.set("BBox", bounds.clone());
            form.dict.set("Resources", dictionary! { "Font" => fonts });
            forms.set(shared_name(index), Object::Reference(contents));
        }
        let resources = document.add_object(dictionary! { "Font" => fonts, "XObject" => forms });
        for id in pages {
            let (contents, unused) = page_parts(document, *id)?;
            document.delete_object(unused);
            let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => contents };
            document.set_object(*id, page);
        }
        // What every page has in common stands once, at the root of the tree.
        let root = document.get_object_mut(tree)?.as_dict_mut()?;
        root.set("Kids", pages.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>());
        root.set("Count", i64::try_from(pages.len()).unwrap_or(i64::MAX));
        root.set("MediaBox", bounds);
        root.set("Resources", resources);
        document.prune_objects();
        Ok(())
    }

    fn properties(&self, document: &mut Document) -> lopdf::Result<()> {
        let catalog = document.catalog_mut()?;
        catalog.set("Lang", Object::String(b"ja-JP".to_vec(), StringFormat::Literal));
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        catalog.set("PageLayout", "SinglePage");

        let made_at = self.options.made_at;
        let zone = made_at.format("%z").to_string();
        let date = format!("D:{}{}'{}'", made_at.format("%Y%m%d%H%M%S"), &zone[..3], &zone[3..]);
        let date = Object::String(date.into_bytes(), StringFormat::Literal);
        let info = document.add_object(dictionary! {
            "Title" => text(&self.book.title),
            "Author" => text(&self.book.author),
            "Creator" => text("Madoguchi"),
            "Producer" => text("Madoguchi (printpdf)"),
            "CreationDate" => date.clone(),
            "ModDate" => date,
        });
        if let Ok(unused) = document.trailer.get(b"Info").and_then(Object::as_reference) {
            document.delete_object(unused);
        }
        document.trailer.set("Info", info);
        // The same sheets made at the same moment are the same file, byte for byte.
        let id = Object::String(fingerprint(document).to_vec(), StringFormat::Hexadecimal);
        document.trailer.set("ID", vec![id.clone(), id]);
        Ok(())
    }
}

fn page_parts(document: &Document, page: ObjectId) -> lopdf::Result<(ObjectId, ObjectId)> {
    let page = document.get_dictionary(page)?;
    Ok((page.get(b"Contents")?.as_reference()?, page.get(b"Resources")?.as_reference()?))
}

/// Text of the document's properties: UTF-16 with its mark.
fn text(value: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(value.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Tells this file from others; not a protection of anything.
fn fingerprint(document: &Document) -> [u8; 16] {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    };
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            add(&stream.content);
        }
        if let Object::Dictionary(dict) = object
            && let Ok(Object::String(date, _)) = dict.get(b"CreationDate")
        {
            add(date);
        }
    }
    hash.to_be_bytes()
}
