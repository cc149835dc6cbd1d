//! Figures for a monitoring program, in the text form that such programs read (Prometheus exposition
//! format 0.0.4). They count; they name nobody.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::Service;

/// A reader that hangs does not keep others waiting longer than this.
const PATIENCE: Duration = Duration::from_secs(5);

/// Answers every request with the figures, whatever the request.
pub(super) async fn show(listener: TcpListener, service: Service) {
    loop {
        let Ok((mut stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let body = figures(&service);
        let answer = async {
            // One read is enough of any request to answer it.
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await?;
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nConnection: close\r\n";
            let answer = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).await?;
            stream.shutdown().await
        };
        let _ = tokio::time::timeout(PATIENCE, answer).await;
    }
}

fn figures(service: &Service) -> String {
    let view = service.node().view();
    let mut lines = Vec::new();
    for circle in view.circles.values() {
        lines.push(format!("noaber_entries{{circle=\"{}\"}} {}", circle.id, circle.entries));
        let level = view.peers.iter().filter(|((id, _), peer)| *id == circle.id && peer.is_level());
        lines.push(format!("noaber_peers_level{{circle=\"{}\"}} {}", circle.id, level.count()));
    }
    if let Some(network) = service.network() {
        let traffic = network.traffic();
        for (name, count) in [
            ("noaber_frames_in_total", &traffic.frames_in),
            ("noaber_frames_out_total", &traffic.frames_out),
            ("noaber_bytes_in_total", &traffic.bytes_in),
            ("noaber_bytes_out_total", &traffic.bytes_out),
            ("noaber_entries_out_total", &traffic.entries_out),
            ("noaber_photo_bytes_total", &traffic.photo_bytes),
        ] {
            lines.push(format!("{name} {}", count.load(Ordering::Relaxed)));
        }
    }
    lines.join("\n") + "\n"
}
