//! Runs aho-corasick on the inputs of the benchmark; bench/runner/doc.go has
//! the protocol.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use std::io::{BufRead, Write};
use std::time::Instant;

const VERSION: &str = env!("AHO_CORASICK_VERSION");

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.len() != 4 {
        eprintln!("runner: want 3 arguments: engine, file of terms, file of text");
        std::process::exit(1);
    }
    let dfa = match args[1].as_str() {
        "aho-corasick-nfa" => false,
        "aho-corasick-dfa" => true,
        other => {
            eprintln!("runner: engine {:?}", other);
            std::process::exit(3);
        }
    };
    let terms = std::fs::read_to_string(&args[2]).expect("file of terms");
    let text = std::fs::read(&args[3]).expect("file of text");

    let start = Instant::now();
    let engine: AhoCorasick = AhoCorasickBuilder::new().dfa(dfa).build(terms.lines());
    say(&format!(
        "{{\"version\":\"{}\",\"build_ns\":{},\"heap_bytes\":{}}}",
        VERSION,
        start.elapsed().as_nanos(),
        engine.heap_bytes()
    ));
    for line in std::io::stdin().lock().lines() {
        let times: u32 = line.expect("line").parse().expect("a number of scans");
        let start = Instant::now();
        let mut matches = 0;
        for _ in 0..times {
            matches = engine.find_overlapping_iter(&text).count();
        }
        say(&format!("{{\"ns\":{},\"matches\":{}}}", start.elapsed().as_nanos(), matches));
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", line).and_then(|_| out.flush()).expect("standard output");
}
