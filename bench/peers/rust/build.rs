//! Tells the program which version of aho-corasick it was built with.

fn main() {
    let lock = std::fs::read_to_string("Cargo.lock").expect("Cargo.lock");
    let version = lock
        .split("name = \"aho-corasick\"\nversion = \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("aho-corasick in Cargo.lock");
    println!("cargo:rustc-env=AHO_CORASICK_VERSION={version}");
    println!("cargo:rerun-if-changed=Cargo.lock");
}
