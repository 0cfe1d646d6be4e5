import Testing

/// Values that another type cannot hold are counted when they are converted.
@Suite struct ConvertRoundingTests {
  @Test func `what is rounded on its way is counted`() throws {
    let place = Workplace()
    place.write("16777217,0.1\n2,0.5\n", to: "p.csv")
    place.write(
      npyFile(bytes([Int64(1) << 53 + 1, 1, 3, -(Int64(1) << 60)]), type: "<i8", shape: "(2, 2)"),
      to: "i.npy")
    for (command, note) in [
      (
        "p.csv o.fvecs",
        "p.csv: 2 values are rounded to the nearest 32-bit floats of fvecs, the first in row 1, column "
          + "1 (rows and columns count from 1)\n"
      ),
      (
        "p.csv o.f32 --columns 2",
        "p.csv: 1 of 2 columns is selected: 2\np.csv: 1 value is rounded to the nearest 32-bit float "
          + "of raw-f32, in row 1, column 2 (rows and columns count from 1)\n"
      ),
      (
        "i.npy o.csv",
        "i.npy: 2 values are whole numbers beyond 2^53, of which the nearest doubles are written, the "
          + "first in row 1, column 1 (rows and columns count from 1)\n"
      ),
      ("p.csv o.npy", ""), ("i.npy o.csv --quiet", ""),
    ] {
      let words = ["convert"] + command.split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.errors == note && outcome.status == 0)
    }
  }
}
