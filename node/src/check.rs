//! Looks through a store for damage: the file, every hash and signature of every log, every photo.
//!
//! What is looked at is a store and the view that was folded from it, so a running node's and a backup's
//! are checked by the same function.

use std::collections::BTreeSet;

use noaber_core::View;
use noaber_core::id::{DeviceId, PhotoId};
use noaber_core::replica::Range;
use noaber_core::view::CircleView;
use noaber_core::wire::{Head, Message, RunFault, verify_run};

use crate::api::rows::CheckedRow;
use crate::store::{Store, StoreError};

/// SQLite's own check, every hash and signature of every log, every photo's hash.
pub(crate) fn check(store: &Store, view: &View) -> Result<CheckedRow, StoreError> {
    let mut row = CheckedRow { ok: true, problems: store.integrity()?, entries: 0, photos: 0 };
    for circle in view.circles.values() {
        for (device, head) in &circle.heads {
            match check_log(store, circle, *device, *head)? {
                Ok(entries) => row.entries += entries,
                Err(problem) => row.problems.push(problem),
            }
        }
        let photos = circle.listings.values().flat_map(|listing| &listing.general.photos);
        for photo in photos.copied().collect::<BTreeSet<PhotoId>>() {
            let Some(bytes) = store.photo(photo)? else { continue };
            row.photos += 1;
            if blake3::hash(&bytes).as_bytes() != photo.as_bytes() {
                row.problems.push(format!("the photo {photo} is not what it was"));
            }
        }
    }
    row.ok = row.problems.is_empty();
    Ok(row)
}

/// The number of entries whose chain and signatures hold, or what is wrong.
fn check_log(
    store: &Store,
    circle: &CircleView,
    device: DeviceId,
    head: Head,
) -> Result<Result<u64, String>, StoreError> {
    let founds = circle.roster.order.front() == Some(&device);
    let mut reached = Head::default();
    let mut fault: Option<RunFault> = None;
    // What peers are sent leans on the stored hashes: a wrong one would make us look like a liar.
    let hashes = store.hashes(circle.id, device)?;
    let mut is_kept_right = true;
    let ranges = [Range { device, from: 1, to: head.seq }];
    store.pack(circle.id, &ranges, |frame| {
        let Ok(Message::Runs(frame)) = Message::decode(&frame) else { return false };
        for run in frame.runs {
            match verify_run(circle.id, reached, run, founds) {
                Ok(fresh) => {
                    let kept = |seq: u64| hashes.get(seq as usize - 1);
                    is_kept_right &= fresh.iter().all(|new| kept(new.seq) == Some(&new.hash));
                    if let Some(last) = fresh.last() {
                        reached = Head { seq: last.seq, hash: last.hash, time: last.entry.time };
                    }
                }
                Err(found) => fault = Some(found),
            }
        }
        fault.is_none()
    })?;
    let name = circle.roster.devices.get(&device).map_or("a device", |device| &device.name);
    let who = circle
        .roster
        .devices
        .get(&device)
        .map_or_else(|| "somebody".to_owned(), |d| circle.name_of(d.member).to_owned());
    if let Some(fault) = fault {
        let from = reached.seq + 1;
        return Ok(Err(format!("the log of {who}’s {name} is damaged from entry {from}: {fault}")));
    }
    if !is_kept_right {
        return Ok(Err(format!("the log of {who}’s {name} is damaged: a hash is not what it was")));
    }
    if reached.seq != head.seq || reached.hash != head.hash {
        let (at, to) = (reached.seq, head.seq);
        return Ok(Err(format!("the log of {who}’s {name} ends at entry {at}, not at {to}")));
    }
    Ok(Ok(reached.seq))
}
