package io.ringdown.engine.call.goodbye;

import java.util.List;

/** The English defaults. */
final class EnglishPhrases {

    private EnglishPhrases() {}

    static List<String> of(PhraseRole role) {
        return GoodbyePhrases.split(
                switch (role) {
                    case GOODBYE -> GOODBYES;
                    case CONDITION -> "if not, otherwise, unless, or else";
                    case HOLD -> HOLDS;
                    case CONTINUATION -> CONTINUATIONS;
                    case REPORT -> REPORTS;
                    case NEGATION -> NEGATIONS;
                    case COURTESY -> COURTESIES;
                    case GREETING -> "hi, hello, hey, hiya, hi there, hello there, hey there";
                    case TITLE -> "mr, mrs, ms, miss, mister, dr, doctor, prof, professor, sir, madam";
                    case NAME -> "mom, mum, dad, mama";
                    case JOINER -> "and";
                    case MENTION -> MENTIONS;
                    case BRIDGE -> BRIDGES;
                });
    }

    private static final String GOODBYES = """
            bye, byee, this is goodbye, bye bye, byebye, buh bye, buhbye, bubye, b'bye, g'bye, bye now, bye for now,
            goodbye, good bye, goodby
            """;

    private static final String HOLDS = """
            wait, hold on, hold, hang on, one moment, one second, one sec, one minute, a moment, a second, a sec, a minute,
            just a moment, just a second, just a sec, just a minute, stay on the line, not done, not finished
            """;

    private static final String CONTINUATIONS = """
            but, however, actually, although, though, because, before, first, also, except, if, when, while, or, oh, um, uh, er,
            i, im, ill, ive, id, we, were, well, weve, he, hes, she, shes, they, theyre, theyll, there, theres,
            is, are, was, has, will, can, could, would, should, shall, may, let, lets, do, does, did,
            what, whats, where, who, why, how, which, sorry, excuse, listen, look, hear, remember, forgot, forget, need, press,
            one more, another, more, anything, something, nothing, question, yes, please, hello, hi, hey
            """;

    private static final String REPORTS = """
            say, says, said, saying, tell, tells, told, telling, ask, asks, asked, replied, answered,
            write, writes, wrote, written, texted, reads, type, types, typed, press, click, shout, shouts, shouted, yell, yells, yelled,
            whisper, whispers, whispered, mumble, mumbled, mutter, muttered, mentioned, heard,
            wave, waves, waved, waving, kiss, kissed, sings, sang, sent, bade, pronounce, spell, spells,
            translate, pass on, call it, calls it, called it
            """;

    private static final String NEGATIONS = """
            no, not, never, dont, do not, doesnt, didnt, wont, cant, cannot, couldnt, wouldnt, shouldnt, isnt, aint, arent, wasnt,
            mustnt, neednt, hasnt, havent, without, yet, still, instead of, rather than, nobody, hardly
            """;

    private static final String COURTESIES = """
            thanks, thank you, thank you kindly, thanks for *, thank you for *, thanks a lot for *, thanks so much for *,
            thank you so much for *, thank you very much for *, thanks again for *, thank you again for *,
            so much, very much, a lot, many thanks, cheers, much appreciated, no thanks, no thank you,
            have a * day, have a * morning, have a * afternoon, have a * evening, have a * night, have a * weekend, have a * week,
            have a * one, have a * time, have a * trip, have a * trip to ?, have a * flight, have a * flight to ?, have a * holiday, have a * vacation, have a * year,
            have an * day, have an * morning, have an * afternoon, have an * evening, have an * night, have an * weekend, have an * week,
            have yourself a *, have fun, of your day, of the day, of your evening, of your week, ahead,
            good day, good night, good evening, good afternoon, goodnight, a good day, a great day, a nice day, nice day, great day,
            enjoy the *, enjoy your *, enjoy, take care, take care now, take care of yourself, take care of yourselves, take good care,
            all the best, best wishes, best of luck, best of luck with *, good luck, good luck with *, be well, stay well, stay safe,
            stay healthy, be safe, keep well, drive safely, drive safe, get home safe, safe travels, safe trip, sleep well,
            sweet dreams, get well soon, feel better, feel better soon, god bless, god bless you, bless you, congratulations,
            good health, happy new year, happy ?, merry christmas, shabbat shalom, shalom,
            now, for now, 4 now, then, for today, today, tonight, tomorrow, soon, later, again, once again,
            until *, till *, see you *, see ya *, talk soon, talk later, talk tomorrow, talk to you *, speak soon, speak to you *, catch you later,
            chat soon, so long, farewell, ciao, cheerio, ta ta, to you, to you too, to you both, to you all, to all, you too, and you,
            you as well, same to you, likewise, everyone, everybody, all, you all, yall, folks, guys, friend, friends, my friend, dear, honey, sweetie, darling, buddy,
            my dear, sir, madam, maam, ladies and gentlemen, from me, from us, from all of us *, from everyone *, from the team,
            wishing you *, i wish you *, we wish you *, love you, i love you, lots of love,
            it was nice *, it was great *, it was lovely *, it was a pleasure *, its been a pleasure *, its been great *,
            it was wonderful *, its been wonderful *, well see you *, ill see you *, i hope you have a *, i hope you have an *, hope you have a *,
            nice talking to you, nice talking with you, great talking to you, good talking to you, nice chatting with you,
            nice meeting you, pleasure talking to you, pleasure speaking with you, my pleasure, youre welcome, you are welcome,
            looking forward to *, we look forward to *, i look forward to *, feel free to *, dont hesitate to *, do not hesitate to *,
            ok, okay, k, alright, all right, no problem, no worries, no need, not at all, no matter, not a problem
            """;

    private static final String MENTIONS = """
            a, an, the, his, her, my, your, our, their, this, that, another, last, final, long, first, proper, fond, sad, tearful,
            word, words, called, named, titled, entitled, is, was, means, mean, meaning, with, of, about, like, for, before, after, or, than, as,
            go, goes, going, went, gone, got, get, gets, by
            """;

    private static final String BRIDGES = """
            really, quite, exactly, necessarily, just, even, to, it, its, be, been, time, ready, want, wanted, think, mean, going to,
            me, you, him, them, us, all, everyone, everybody, on, in, from, too, soon
            """;
}
