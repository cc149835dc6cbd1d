//! The bell: rings once on this device for each notice of its member.
//!
//! What is worth a notice is decided in `noaber_core::notice`. Here is only kept which of them this device
//! has rung for, so that a reminder that fell due while it was off rings once when it is switched on, and
//! never again. It rings before that is noted: after a power cut it may ring twice, but it never stays silent.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use noaber_core::id::{CircleId, NoticeId};
use noaber_core::notice::{Notice, notices};
use noaber_core::view::{CircleView, Standing};

use crate::node::Node;

/// News is gathered this long, so that a large sync rings once at its end.
const GATHER: Duration = Duration::from_millis(300);
/// How often what only the time brings is looked for.
const LOOK: Duration = Duration::from_secs(15);
/// What was rung for longer ago than this is forgotten: core remembers less.
const KEPT_MS: i64 = 180 * 24 * 60 * 60 * 1000;

/// Rings until the node stops. `ring` is given each new notice that is not seen yet, with its circle.
pub async fn ring(node: Node, mut ring: impl FnMut(&CircleView, &Notice)) {
    let mut views = node.watch();
    let mut rung = match node.read(crate::store::Store::rung) {
        Ok(rung) => rung,
        Err(error) => return tracing::error!(%error, "notices cannot be read: no bell rings"),
    };
    let before = node.now().plus_ms(-KEPT_MS);
    node.write_later(move |store| store.forget_rung(before));
    loop {
        let view = Arc::clone(&views.borrow_and_update());
        for circle in view.circles.values().filter(|c| c.standing == Standing::Member) {
            ring_for(&node, circle, &mut rung, &mut ring);
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
    node: &Node,
    circle: &CircleView,
    rung: &mut BTreeSet<(CircleId, NoticeId)>,
    ring: &mut impl FnMut(&CircleView, &Notice),
) {
    let now = node.now();
    let mut all = notices(circle, node.member(), now);
    all.retain(|notice| !notice.seen && !rung.contains(&(circle.id, notice.id)));
    // The oldest first, as they would have rung.
    for notice in all.iter().rev() {
        ring(circle, notice);
        rung.insert((circle.id, notice.id));
    }
    if !all.is_empty() {
        let (circle, ids) = (circle.id, all.iter().map(|notice| notice.id).collect::<Vec<_>>());
        node.write_later(move |store| store.put_rung(circle, &ids, now));
    }
}
