package io.ringdown.engine.simulation.incident;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The engine and its simulation once more, loaded afresh, with some lines of the engine changed: its sources are edited in
 * memory and compiled, so that the engine that is shipped needs no switch for it.
 */
final class FaultyEngine extends ClassLoader {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String ENGINE = "io.ringdown.engine.";

    /** The logging of the tests is one, whoever logs; and this package is outside of what it changes. */
    private static final List<String> SHARED = List.of(ENGINE + "said.", FaultyEngine.class.getPackageName() + ".");

    private final Map<String, byte[]> changed;

    FaultyEngine(List<Edit> edits) throws IOException {
        super(FaultyEngine.class.getClassLoader());
        changed = compile(edited(edits));
    }

    private static Map<String, String> edited(List<Edit> edits) throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Edit edit : edits) {
            String source = sources.get(edit.className());
            if (source == null) {
                source = Files.readString(SOURCES.resolve(edit.path()));
            }
            sources.put(edit.className(), edit.in(source));
        }
        return sources;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            boolean own = name.startsWith(ENGINE) && SHARED.stream().noneMatch(name::startsWith);
            if (!own) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = changed.get(name);
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            bytes = bytes == null ? in.readAllBytes() : bytes;
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    // compiling

    private static Map<String, byte[]> compile(Map<String, String> sources) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        if (sources.isEmpty()) {
            return classes;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new AssertionError("these tests need a JDK, for its compiler");
        }
        StringWriter complaints = new StringWriter();
        try (JavaFileManager files = inMemory(compiler, classes)) {
            List<String> options = List.of("-proc:none", "-nowarn");
            List<Source> units = sources.entrySet().stream()
                    .map(source -> new Source(source.getKey(), source.getValue()))
                    .toList();
            if (!compiler.getTask(complaints, files, null, options, null, units).call()) {
                throw new AssertionError("the edited engine does not compile:\n" + complaints);
            }
        }
        return classes;
    }

    private static JavaFileManager inMemory(JavaCompiler compiler, Map<String, byte[]> classes) {
        return new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new Output(name, classes);
            }
        };
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Output extends SimpleJavaFileObject {
        private final String name;
        private final Map<String, byte[]> classes;

        Output(String name, Map<String, byte[]> classes) {
            super(URI.create("memory:///" + name.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
            this.name = name;
            this.classes = classes;
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    classes.put(name, toByteArray());
                }
            };
        }
    }
}
