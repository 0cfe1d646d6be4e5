import Foundation

/// A table as an analyst has it: 600 customers of four segments that were planted, ids, names with
/// commas, and some missing incomes.
enum Customers {
  static let header = "customer_id,name,age,income (EUR),orders,basket,tenure,returns,segment"
  static let segments = ["students", "families", "seniors", "spenders"]
  /// For each segment the mean of age, income, orders, basket, tenure and returns.
  private static let means: [[Double]] = [
    [22, 15_000, 4, 30, 1, 1], [40, 42_000, 30, 60, 6, 2], [70, 30_000, 6, 45, 20, 1],
    [45, 90_000, 12, 300, 8, 9],
  ]
  private static let deviations: [Double] = [3, 4000, 2, 12, 1.5, 0.7]
  /// The columns in which a segment differs most from all others.
  static let mark = ["age", "orders", "tenure", "basket"]

  static func segment(_ row: Int) -> Int { row * 7 % 4 }
  static func isMissing(_ row: Int) -> Bool { row % 50 == 17 }

  /// The fields of a row.
  static let rows: [[String]] = {
    var random = TestRandom(12)
    return (0..<600).map { row in
      let segment = segment(row)
      var values = (0..<6).map {
        String(format: "%.2f", means[segment][$0] + deviations[$0] * random.bell())
      }
      if isMissing(row) { values[1] = "" }
      return ["\(1000 + row)", "\"Doe, Jane \(row)\""] + values + [segments[segment]]
    }
  }()

  /// The table with its columns in another order.
  static func csv(_ order: [Int] = Array(0..<9)) -> String {
    let names = header.split(separator: ",").map(String.init)
    return ([names] + rows).map { row in order.map { row[$0] }.joined(separator: ",") + "\n" }
      .joined()
  }

  /// The records of a file of csv, as any reader has them.
  static func records(_ text: String) -> [[String]] {
    var (records, record, field, isQuoted) = ([[String]](), [String](), "", false)
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        record.append(field)
        field = ""
      case "\n" where !isQuoted:
        records.append(record + [field])
        (record, field) = ([], "")
      default: field.append(character)
      }
    }
    return records
  }
}
