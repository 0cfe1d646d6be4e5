// Memory that ends where nobody may read or write.
import KMeansCLibrary

/// Some values right before a page that must not be touched: a kernel that goes too far ends the
/// process. The memory is never given back: it is for processes that end soon.
func guarded<Element>(_ values: [Element]) -> UnsafeMutablePointer<Element> {
  let page = Int(getpagesize())
  let length = values.count * MemoryLayout<Element>.stride
  let size = (length + page - 1) / page * page + page
  let pages = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)!
  precondition(pages != MAP_FAILED)
  precondition(mprotect(pages + (size - page), page, PROT_NONE) == 0)
  let base = (pages + (size - page - length)).bindMemory(to: Element.self, capacity: values.count)
  base.initialize(from: values, count: values.count)
  return base
}

/// The same value so many times.
func guarded<Element>(_ count: Int, of value: Element) -> UnsafeMutablePointer<Element> {
  guarded(Array(repeating: value, count: count))
}
