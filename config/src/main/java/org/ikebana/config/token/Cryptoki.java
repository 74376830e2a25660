package org.ikebana.config.token;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The functions of a PKCS #11 library that are needed, on 64-bit Linux, where CK_ULONG has 8 octets. A process initializes a
 * library once and for all, so there is one of these for each. Calls are made one after the other.
 */
final class Cryptoki {
    /** In octets, of anything that a token holds. */
    static final int MAX_VALUE = 1 << 16;

    private static final Map<Path, Cryptoki> LOADED = new ConcurrentHashMap<>();
    private static final int MAX_SLOTS = 64;
    private static final int MAX_OBJECTS = 64;
    private static final long UNAVAILABLE = -1;
    private static final long SERIAL_SESSION = 4;
    private static final long USER = 1;
    /** CK_TOKEN_INFO: label, manufacturer, model and serial number come first. */
    private static final long TOKEN_FLAGS_OFFSET = 96;

    private static final long TOKEN_INFO_SIZE = 208;
    private static final long SESSION_INFO_SIZE = 32;
    private static final long TOKEN_INITIALIZED = 0x400;
    /** CK_FUNCTION_LIST begins with a CK_VERSION, padded to a pointer's size. */
    private static final long FIRST_FUNCTION = 8;

    private static final int FUNCTIONS = 68;

    private final Path library;
    private final MemorySegment functions;
    private final Map<Long, TokenSession> sessions = new HashMap<>();

    /** The place of each function in CK_FUNCTION_LIST. */
    private enum Function {
        C_Initialize(0),
        C_GetSlotList(4),
        C_GetTokenInfo(6),
        C_OpenSession(12),
        C_GetSessionInfo(15),
        C_Login(18),
        C_GetAttributeValue(24),
        C_FindObjectsInit(26),
        C_FindObjects(27),
        C_FindObjectsFinal(28),
        C_SignInit(42),
        C_Sign(43);

        private final int index;

        Function(int index) {
            this.index = index;
        }
    }

    private Cryptoki(Path library, MemorySegment functions) {
        this.library = library;
        this.functions = functions;
    }

    /** Loads and initializes the library, unless that has been done. */
    static synchronized Cryptoki load(Path library) throws TokenException {
        Cryptoki loaded = LOADED.get(library);
        if (loaded != null) {
            return loaded;
        }
        if (ADDRESS.byteSize() != Long.BYTES) {
            throw new TokenException("tokens are used on 64-bit machines only");
        }
        Cryptoki fresh = new Cryptoki(library, functionList(library));
        long code = fresh.call(Function.C_Initialize, MemorySegment.NULL);
        if (code != TokenException.OK && code != TokenException.ALREADY_INITIALIZED) {
            throw new TokenException("C_Initialize", code);
        }
        LOADED.put(library, fresh);
        return fresh;
    }

    /** Those with a token in them that has been initialized: every other one has nothing to show. */
    synchronized List<Long> slots() throws TokenException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slots = arena.allocate(JAVA_LONG, MAX_SLOTS);
            MemorySegment count = arena.allocateFrom(JAVA_LONG, MAX_SLOTS);
            check(Function.C_GetSlotList, (byte) 1, slots, count);
            return longs(slots, count.get(JAVA_LONG, 0)).stream()
                    .filter(slot -> isInitialized(slot, arena))
                    .toList();
        }
    }

    private boolean isInitialized(long slot, Arena arena) {
        MemorySegment info = arena.allocate(TOKEN_INFO_SIZE, ADDRESS.byteAlignment());
        return call(Function.C_GetTokenInfo, slot, info) == TokenException.OK
                && (info.get(JAVA_LONG, TOKEN_FLAGS_OFFSET) & TOKEN_INITIALIZED) != 0;
    }

    /** One with each token is enough, however often the configuration is read. */
    synchronized TokenSession session(long slot) throws TokenException {
        TokenSession open = sessions.get(slot);
        if (open == null || !open.isAlive()) {
            open = new TokenSession(this, slot);
            sessions.put(slot, open);
        }
        return open;
    }

    synchronized boolean isOpen(long session) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(SESSION_INFO_SIZE, ADDRESS.byteAlignment());
            return call(Function.C_GetSessionInfo, session, info) == TokenException.OK;
        }
    }

    /** For reading and signing. */
    synchronized long openSession(long slot) throws TokenException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment session = arena.allocate(JAVA_LONG);
            check(Function.C_OpenSession, slot, SERIAL_SESSION, MemorySegment.NULL, MemorySegment.NULL, session);
            return session.get(JAVA_LONG, 0);
        }
    }

    /** For all sessions with that token. */
    synchronized void login(long session, byte[] pin) throws TokenException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(Math.max(1, pin.length));
            MemorySegment.copy(pin, 0, text, JAVA_BYTE, 0, pin.length);
            long code = call(Function.C_Login, session, USER, text, (long) pin.length);
            text.fill((byte) 0);
            if (code != TokenException.OK && code != TokenException.USER_ALREADY_LOGGED_IN) {
                throw new TokenException("C_Login", code);
            }
        }
    }

    synchronized List<Long> find(long session, List<Attribute> wanted) throws TokenException {
        try (Arena arena = Arena.ofConfined()) {
            check(Function.C_FindObjectsInit, session, Attribute.template(wanted, arena), (long) wanted.size());
            MemorySegment objects = arena.allocate(JAVA_LONG, MAX_OBJECTS);
            MemorySegment count = arena.allocate(JAVA_LONG);
            check(Function.C_FindObjects, session, objects, (long) MAX_OBJECTS, count);
            check(Function.C_FindObjectsFinal, session);
            return longs(objects, count.get(JAVA_LONG, 0));
        }
    }

    /** Empty where the object has no such attribute, or does not tell. */
    synchronized Optional<byte[]> attribute(long session, long object, long type) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment asked = arena.allocate(Attribute.LAYOUT);
            asked.set(JAVA_LONG, 0, type);
            if (call(Function.C_GetAttributeValue, session, object, asked, 1L) != TokenException.OK) {
                return Optional.empty();
            }
            long length = asked.get(JAVA_LONG, Attribute.LENGTH_OFFSET);
            if (length == UNAVAILABLE || length < 0 || length > MAX_VALUE) {
                return Optional.empty();
            }
            MemorySegment value = arena.allocate(Math.max(1, length));
            asked.set(ADDRESS, Attribute.VALUE_OFFSET, value);
            if (call(Function.C_GetAttributeValue, session, object, asked, 1L) != TokenException.OK) {
                return Optional.empty();
            }
            return Optional.of(value.asSlice(0, length).toArray(JAVA_BYTE));
        }
    }

    synchronized byte[] sign(long session, long key, Mechanism mechanism, byte[] data) throws TokenException {
        try (Arena arena = Arena.ofConfined()) {
            check(Function.C_SignInit, session, mechanism.layOut(arena), key);
            MemorySegment signature = arena.allocate(MAX_VALUE);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, MAX_VALUE);
            check(Function.C_Sign, session, arena.allocateFrom(JAVA_BYTE, data), (long) data.length, signature, length);
            return signature.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return library.getFileName().toString();
    }

    private static MemorySegment functionList(Path library) throws TokenException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entry = SymbolLookup.libraryLookup(library, Arena.global())
                    .find("C_GetFunctionList")
                    .orElseThrow(() -> new TokenException("it is no PKCS #11 library: it has no C_GetFunctionList"));
            MemorySegment list = arena.allocate(ADDRESS);
            long code = invoke("C_GetFunctionList", entry, list);
            if (code != TokenException.OK) {
                throw new TokenException("C_GetFunctionList", code);
            }
            return list.get(ADDRESS, 0).reinterpret(FIRST_FUNCTION + FUNCTIONS * ADDRESS.byteSize());
        } catch (IllegalArgumentException e) {
            throw new TokenException("it cannot be loaded; is it a library for this machine?");
        }
    }

    private void check(Function function, Object... arguments) throws TokenException {
        long code = call(function, arguments);
        if (code != TokenException.OK) {
            throw new TokenException(function.name(), code);
        }
    }

    private long call(Function function, Object... arguments) {
        MemorySegment address = functions.get(ADDRESS, FIRST_FUNCTION + function.index * ADDRESS.byteSize());
        return invoke(function.name(), address, arguments);
    }

    /** Each argument is a CK_BBOOL, a CK_ULONG or a pointer, as its class says; a CK_RV comes back. */
    private static long invoke(String name, MemorySegment address, Object... arguments) {
        MemoryLayout[] layouts = new MemoryLayout[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            layouts[i] = switch (arguments[i]) {
                case Byte flag -> JAVA_BYTE;
                case Long number -> JAVA_LONG;
                default -> ADDRESS;
            };
        }
        MethodHandle handle = Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(JAVA_LONG, layouts));
        try {
            return (long) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("the function " + name + " cannot be called", e);
        }
    }

    private static List<Long> longs(MemorySegment array, long count) {
        List<Long> found = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            found.add(array.getAtIndex(JAVA_LONG, i));
        }
        return found;
    }
}
