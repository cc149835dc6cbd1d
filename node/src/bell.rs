//! The bell: rings once on this device for each notice of its member.
//!
//! What is worth a notice is decided in `noaber_core::notice`. Here is only kept which of them this device
//! has rung for, so that a reminder that fell due while it was off rings once when it is switched on, and
//! never again. It rings before that is noted: after a power cut it may ring twice, but it never stays silent.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use noaber_core::id::{CircleId, MemberId, NoticeId};
use noaber_core::notice::{Notice, notices};
use noaber_core::time::Timestamp;
use noaber_core::view::{CircleView, Standing};

use crate::access::Access;
use crate::clock::Clock;

/// News is gathered this long, so that a large sync rings once at its end.
const GATHER: Duration = Duration::from_millis(300);
/// How often what only the time brings is looked for.
const LOOK: Duration = Duration::from_mins(1);
/// What was rung for longer ago than this is forgotten: core remembers less.
const KEPT_MS: i64 = 180 * 24 * 60 * 60 * 1000;

/// Rings until the node stops. `ring` is given each new notice that is not seen yet, with its circle. A
/// guest leaves it to the program that has the node, where that one rings.
pub async fn ring(access: Access, clock: Clock, mut ring: impl FnMut(&CircleView, &Notice)) {
    let mut views = access.watch();
    let Some(mut rung) = access.rung().await else {
        return tracing::error!("notices cannot be read: no bell rings");
    };
    if let Access::Own(service) = &access {
        let before = clock.now().plus_ms(-KEPT_MS);
        service.node().write_later(move |store| store.forget_rung(before));
        service.begin_ringing();
    }
    loop {
        let view = Arc::clone(&views.borrow_and_update());
        for circle in view.circles.values().filter(|c| c.standing == Standing::Member) {
            ring_for(&access, clock.now(), view.member, circle, &mut rung, &mut ring);
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            changed = views.changed() => {
                if changed.is_err() {
                    return;
                }
                tokio::time::sleep(GATHER).await;
            }
        }
    }
}

fn ring_for(
    access: &Access,
    now: Timestamp,
    me: MemberId,
    circle: &CircleView,
    rung: &mut BTreeSet<(CircleId, NoticeId)>,
    ring: &mut impl FnMut(&CircleView, &Notice),
) {
    let mut all = notices(circle, me, now);
    all.retain(|notice| !notice.seen && !rung.contains(&(circle.id, notice.id)));
    let is_told_elsewhere = access.is_guest() && access.reached().rings;
    // The oldest first, as they would have rung.
    for notice in all.iter().rev() {
        if !is_told_elsewhere {
            ring(circle, notice);
        }
        rung.insert((circle.id, notice.id));
    }
    if !all.is_empty() && !is_told_elsewhere {
        let ids: Vec<NoticeId> = all.iter().map(|notice| notice.id).collect();
        access.put_rung(circle.id, ids, now);
    }
}
