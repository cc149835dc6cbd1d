//! Photos: asked for by hash, one stream each, checked before they are kept.
//!
//! A request is the hash and how many bytes are here already; the answer is the whole length and the
//! rest of the bytes. What was cut off goes on where it stopped, with whoever has it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use imbl::ordmap::DiffItem;
use iroh::endpoint::{Connection, RecvStream, SendStream};
use noaber_core::View;
use noaber_core::id::{CircleId, DeviceId, PhotoId};
use noaber_core::view::CircleView;

use super::{Shared, lock};
use crate::photo;

/// How long one photo may take; after that another peer is asked.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long to wait before those who did not have a photo are asked again.
const PAUSE: Duration = Duration::from_secs(5);
/// News is gathered this long, so that a large sync does not search for photos at every frame.
const GATHER: Duration = Duration::from_millis(50);

/// Which photos each circle shows, kept up to date by what changes in the view.
#[derive(Default)]
struct Shown {
    seen: BTreeMap<CircleId, Arc<CircleView>>,
    missing: BTreeMap<PhotoId, BTreeSet<CircleId>>,
}

impl Shown {
    fn follow(&mut self, view: &View, has: impl Fn(PhotoId) -> bool) {
        for (id, circle) in &view.circles {
            let before = self.seen.insert(*id, Arc::clone(circle));
            if before.as_ref().is_some_and(|before| Arc::ptr_eq(before, circle)) {
                continue;
            }
            for photo in new_photos(before.as_deref(), circle) {
                if !has(photo) {
                    self.missing.entry(photo).or_default().insert(*id);
                }
            }
        }
    }
}

/// The photos of what differs between two views of a circle; costs what differs.
fn new_photos(before: Option<&CircleView>, now: &CircleView) -> Vec<PhotoId> {
    let none = imbl::OrdMap::new();
    let listings = before.map_or(&none, |before| &before.listings);
    let mut photos = Vec::new();
    for item in listings.diff(&now.listings) {
        if let DiffItem::Add(_, listing) | DiffItem::Update { new: (_, listing), .. } = item {
            photos.extend(&listing.general.photos);
        }
    }
    let none = imbl::OrdMap::new();
    let bookings = before.map_or(&none, |before| &before.bookings);
    for item in bookings.diff(&now.bookings) {
        if let DiffItem::Add(_, booking) | DiffItem::Update { new: (_, booking), .. } = item {
            photos.extend(booking.photos());
        }
    }
    let none = imbl::OrdMap::new();
    let lines = before.map_or(&none, |before| before.ledger.by_id());
    for item in lines.diff(now.ledger.by_id()) {
        if let DiffItem::Add(_, line) = item {
            photos.extend(line.photo);
        }
    }
    photos
}

/// Whether a circle that both are in shows this photo.
fn may_have(view: &View, peer: DeviceId, photo: PhotoId) -> bool {
    view.circles.values().filter(|circle| circle.roster.is_active_device(peer)).any(|circle| {
        circle.listings.values().any(|listing| listing.general.photos.contains(&photo))
            || circle.bookings.values().any(|booking| booking.photos().any(|p| p == photo))
            || circle.ledger.by_id().values().any(|line| line.photo == Some(photo))
    })
}

/// Fetches whatever is shown and not here, from whoever is linked.
pub(super) async fn keep_fetching(shared: Arc<Shared>) {
    let mut views = shared.node.watch();
    let mut shown = Shown::default();
    loop {
        let view = Arc::clone(&views.borrow_and_update());
        let has = |photo| shared.node.read(|store| store.has_photo(photo)).unwrap_or(false);
        shown.follow(&view, has);
        fetch_missing(&shared, &view, &mut shown).await;
        let pause = if shown.missing.is_empty() { Duration::MAX } else { PAUSE };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            changed = views.changed() => {
                if changed.is_err() {
                    return;
                }
                tokio::time::sleep(GATHER).await;
            }
        }
    }
}

async fn fetch_missing(shared: &Arc<Shared>, view: &View, shown: &mut Shown) {
    let linked: Vec<(DeviceId, Connection)> = lock(&shared.links)
        .iter()
        .filter(|(_, link)| link.has_answered())
        .map(|(device, link)| (*device, link.connection().clone()))
        .collect();
    let missing: Vec<_> =
        shown.missing.iter().map(|(id, circles)| (*id, circles.clone())).collect();
    for (photo, circles) in missing {
        let in_circle = |device: &DeviceId| {
            circles
                .iter()
                .filter_map(|id| view.circles.get(id))
                .any(|c| c.roster.is_active_device(*device))
        };
        for (_, connection) in linked.iter().filter(|(device, _)| in_circle(device)) {
            if fetch(shared, connection, photo).await {
                shown.missing.remove(&photo);
                break;
            }
        }
    }
}

/// Fetches one photo from one peer; `false` if it is still not here.
async fn fetch(shared: &Shared, connection: &Connection, id: PhotoId) -> bool {
    let part = shared.node.read(|store| store.photo_part(id)).unwrap_or_default();
    let had_part = !part.is_empty();
    if fetch_from(shared, connection, id, part).await {
        return true;
    }
    // What was kept may have been wrong from the start: this peer gets to send all of it.
    had_part && fetch_from(shared, connection, id, Vec::new()).await
}

async fn fetch_from(
    shared: &Shared,
    connection: &Connection,
    id: PhotoId,
    mut bytes: Vec<u8>,
) -> bool {
    let offset = bytes.len();
    let whole = tokio::time::timeout(PATIENCE, receive(connection, id, &mut bytes)).await;
    shared.traffic.photo_bytes.fetch_add((bytes.len() - offset) as u64, Ordering::Relaxed);
    let is_right =
        blake3::hash(&bytes).as_bytes() == id.as_bytes() && photo::verify(&bytes).is_ok();
    let written = if is_right {
        shared.node.write(move |store| store.put_photo(id, &bytes)).await
    } else if matches!(whole, Ok(Some(()))) {
        // All there, and wrong: what was kept of it is not to be trusted either.
        shared.node.write(move |store| store.drop_photo_part(id)).await
    } else if bytes.len() > offset {
        shared.node.write(move |store| store.put_photo_part(id, &bytes)).await
    } else {
        return false;
    };
    is_right && written.is_ok()
}

/// Appends what comes to `bytes`; `Some` when the peer has sent all of it.
async fn receive(connection: &Connection, id: PhotoId, bytes: &mut Vec<u8>) -> Option<()> {
    let (mut to, mut from) = connection.open_bi().await.ok()?;
    to.write_all(id.as_bytes()).await.ok()?;
    to.write_all(&(bytes.len() as u32).to_le_bytes()).await.ok()?;
    to.finish().ok()?;
    let mut length = [0; 4];
    from.read_exact(&mut length).await.ok()?;
    let length = u32::from_le_bytes(length) as usize;
    if length > photo::MAX_PHOTO_BYTES || length < bytes.len() {
        return None;
    }
    let mut piece = vec![0; 16 * 1024];
    while bytes.len() < length {
        let room = piece.len().min(length - bytes.len());
        let read = from.read(&mut piece[..room]).await.ok()??;
        bytes.extend_from_slice(&piece[..read]);
    }
    Some(())
}

/// Answers a peer's requests, one at a time.
pub(super) async fn serve(shared: &Arc<Shared>, connection: &Connection, peer: DeviceId) {
    while let Ok((to, from)) = connection.accept_bi().await {
        // A peer that asks and does not read only holds up itself.
        let _ = tokio::time::timeout(PATIENCE, answer(shared, peer, to, from)).await;
    }
}

async fn answer(
    shared: &Arc<Shared>,
    peer: DeviceId,
    mut to: SendStream,
    mut from: RecvStream,
) -> Option<()> {
    let mut request = [0; 36];
    from.read_exact(&mut request).await.ok()?;
    let (id, offset) = request.split_first_chunk::<32>()?;
    let id = PhotoId::from_bytes(*id);
    let offset = u32::from_le_bytes(offset.try_into().ok()?) as usize;
    let node = shared.node.clone();
    let find =
        move || may_have(&node.view(), peer, id).then(|| node.photo(id).ok().flatten()).flatten();
    let bytes = tokio::task::spawn_blocking(find).await.ok().flatten().unwrap_or_default();
    to.write_all(&(bytes.len() as u32).to_le_bytes()).await.ok()?;
    let rest = bytes.get(offset..).unwrap_or_default();
    to.write_all(rest).await.ok()?;
    shared.traffic.photo_bytes.fetch_add(rest.len() as u64, Ordering::Relaxed);
    to.finish().ok()
}
