package org.ikebana.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.ikebana.http.Answer;

/** What the page is made of, by path. */
record PageFiles(Map<String, Answer> files) {
    private static final String START = "index.html";
    private static final Map<String, String> TYPES = Map.of(
            START,
            "text/html; charset=utf-8",
            "page.css",
            "text/css; charset=utf-8",
            "page.js",
            "text/javascript; charset=utf-8",
            "row.js",
            "text/javascript; charset=utf-8",
            "curve.js",
            "text/javascript; charset=utf-8",
            "words.js",
            "text/javascript; charset=utf-8",
            "icon.svg",
            "image/svg+xml");

    /** @throws IOException if the jar is damaged */
    static PageFiles load() throws IOException {
        Map<String, Answer> files = new HashMap<>();
        for (Map.Entry<String, String> file : TYPES.entrySet()) {
            try (InputStream octets = PageFiles.class.getResourceAsStream(file.getKey())) {
                if (octets == null) {
                    throw new IOException("the status page lacks its " + file.getKey() + ": install Ikebana anew");
                }
                files.put("/" + file.getKey(), new Answer(200, file.getValue(), octets.readAllBytes()));
            }
        }
        files.put("/", files.getOrDefault("/" + START, Answer.text(404, "")));
        return new PageFiles(files);
    }

    Answer at(String path) {
        return files.getOrDefault(path, Answer.text(404, "there is no such page; the status page is at /\n"));
    }
}
