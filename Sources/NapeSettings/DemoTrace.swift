/// The working day that `nape demo` shows (`Config/demo.jsonl`).
public enum DemoTrace {
  public static var bytes: [UInt8] { PackageResources.demo_jsonl }
}
