/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python's pickles as far as PyTorch's files need them (opcodes as Python's module {@code
 * pickletools} documents them). What can come out are null, Boolean, Long, BigInteger, Double,
 * String, List, Map, {@link StorageRef}, {@link StridedTensor} and {@link PickleGlobal}.
 */
final class Unpickler {

  /**
   * What a pickle held.
   *
   * @param value its one value
   * @param storages all that it refers to, by key
   */
  record Content(Object value, Map<String, StorageRef> storages) {}

  private static final long MOST_BYTES = 32 << 20;
  private static final int MOST_OPERATIONS = 4_000_000;
  private static final int MOST_DIGITS = 32;
  private static final Object MARK = new Object();

  private final PickleInput in;
  private final long end;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private final Map<String, StorageRef> storages = new HashMap<>();

  private Unpickler(PickleInput in) {
    this.in = in;
    this.end = in.position() + MOST_BYTES;
  }

  /** Reads one pickle from where the input stands. */
  static Content load(PickleInput in) throws IOException {
    Unpickler unpickler = new Unpickler(in);
    return new Content(unpickler.run(), unpickler.storages);
  }

  /** Checks that a value can be a dictionary's key. */
  static Object key(Object value) throws BadFileException {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    throw new BadFileException("has a dictionary with a key that is neither text nor number");
  }

  private Object run() throws IOException {
    for (int count = 0; count < MOST_OPERATIONS && in.position() < end; count++) {
      int operation = in.readByte();
      if (operation == '.') {
        return pop();
      }
      execute(operation);
    }
    throw new BadFileException("has a pickle that is too large for a model");
  }

  private void execute(int operation) throws IOException {
    switch (operation) {
      case 0x80 -> in.readByte(); // protocol
      case 0x95 -> in.skip(Long.BYTES); // frame
      case '(' -> stack.add(MARK);
      case 'N' -> stack.add(null);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add(in.readUnsigned(1));
      case 'M' -> stack.add(in.readUnsigned(2));
      case 'J' -> stack.add((long) (int) in.readUnsigned(4));
      case 0x8a -> stack.add(integer(in.readUnsigned(1)));
      case 'G' -> stack.add(in.readDouble());
      case 'X' -> text(in.readUnsigned(4));
      case 0x8c, 'U', 'C' -> text(in.readUnsigned(1));
      case 'T', 'B' -> text(in.readUnsigned(4));
      case 0x8d -> text(in.readLong());
      case ')', ']' -> stack.add(new ArrayList<>());
      case '}' -> stack.add(new LinkedHashMap<>());
      case 't', 'l' -> stack.add(popToMark());
      case 0x85 -> stack.add(popLast(1));
      case 0x86 -> stack.add(popLast(2));
      case 0x87 -> stack.add(popLast(3));
      case 'a' -> append(popLast(1));
      case 'e' -> append(popToMark());
      case 's' -> put(popLast(2));
      case 'u' -> put(popToMark());
      case 'q' -> memo.put(in.readUnsigned(1), top());
      case 'r' -> memo.put(in.readUnsigned(4), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> recall(in.readUnsigned(1));
      case 'j' -> recall(in.readUnsigned(4));
      case 'c' -> stack.add(PickleGlobal.of(in.readLine(), in.readLine()));
      case 0x93 -> stackGlobal();
      case 'i' -> PickleGlobal.of(in.readLine(), in.readLine());
      case 'R' -> call();
      case 'b' -> build();
      case 'Q' -> storage();
      default ->
          throw new BadFileException(
              "has a damaged pickle, or one with an operation that models do not need ("
                  + operation
                  + ")");
    }
  }

  private Object integer(long length) throws IOException {
    if (length > MOST_DIGITS) {
      throw new BadFileException("has a number of " + length + " bytes");
    }
    byte[] littleEndian = in.readBytes(length);
    byte[] bigEndian = new byte[littleEndian.length + 1];
    byte sign = (byte) (length > 0 && littleEndian[littleEndian.length - 1] < 0 ? -1 : 0);
    bigEndian[0] = sign;
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[littleEndian.length - i] = littleEndian[i];
    }
    BigInteger value = new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private void text(long length) throws IOException {
    if (length < 0 || length > MOST_BYTES) {
      throw new BadFileException("has a text of " + Long.toUnsignedString(length) + " bytes");
    }
    stack.add(in.readText(length));
  }

  private Object top() throws BadFileException {
    if (stack.isEmpty()) {
      throw damaged();
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws BadFileException {
    Object value = top();
    if (value == MARK) {
      throw damaged();
    }
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<Object> popLast(int count) throws BadFileException {
    int from = stack.size() - count;
    if (from < 0 || stack.subList(from, stack.size()).contains(MARK)) {
      throw damaged();
    }
    return cut(from, from);
  }

  private List<Object> popToMark() throws BadFileException {
    int from = stack.size() - 1;
    while (from >= 0 && stack.get(from) != MARK) {
      from--;
    }
    if (from < 0) {
      throw damaged();
    }
    return cut(from + 1, from);
  }

  private List<Object> cut(int from, int rest) {
    List<Object> values = new ArrayList<>(stack.subList(from, stack.size()));
    stack.subList(rest, stack.size()).clear();
    return values;
  }

  private void append(List<Object> values) throws BadFileException {
    if (!(top() instanceof List<?>)) {
      throw damaged();
    }
    @SuppressWarnings("unchecked") // every list on the stack is one of ours
    List<Object> list = (List<Object>) top();
    list.addAll(values);
  }

  private void put(List<Object> keysAndValues) throws BadFileException {
    if (!(top() instanceof Map<?, ?>) || keysAndValues.size() % 2 != 0) {
      throw damaged();
    }
    @SuppressWarnings("unchecked") // every map on the stack is one of ours
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      map.put(key(keysAndValues.get(i)), keysAndValues.get(i + 1));
    }
  }

  private void recall(long index) throws BadFileException {
    if (!memo.containsKey(index)) {
      throw damaged();
    }
    stack.add(memo.get(index));
  }

  private void stackGlobal() throws BadFileException {
    List<Object> names = popLast(2);
    if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
      throw damaged();
    }
    stack.add(PickleGlobal.of(module, name));
  }

  private void call() throws BadFileException {
    List<Object> both = popLast(2);
    if (!(both.get(0) instanceof PickleGlobal global)
        || !(both.get(1) instanceof List<?> arguments)) {
      throw damaged();
    }
    stack.add(global.call(arguments));
  }

  private void storage() throws BadFileException {
    StorageRef ref = StorageRef.of(pop());
    StorageRef known = storages.putIfAbsent(ref.key(), ref);
    if (known != null && !known.equals(ref)) {
      throw new BadFileException("describes data " + Quoted.text(ref.key()) + " in two ways");
    }
    stack.add(ref);
  }

  /**
   * Dictionaries carry attributes that say nothing about tensors, and NumPy types complete them.
   */
  private void build() throws BadFileException {
    pop();
    if (!(top() instanceof Map<?, ?>) && !(top() instanceof PickleGlobal.NumpyType)) {
      throw new BadFileException("gives attributes to something that has none");
    }
  }

  private static BadFileException damaged() {
    return new BadFileException("has a damaged pickle");
  }
}
