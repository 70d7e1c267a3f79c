"""English."""

from __future__ import annotations

from .table import Table

TABLE = Table(
    locale="en",
    characters=False,
    numerals="""
        zero:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13
        fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 fifty:50
        sixty:60 seventy:70 eighty:80 ninety:90
    """,
    magnitudes="""
        hundred:100 thousand:1000 million:1000000 billion:1000000000 trillion:1000000000000 dozen:12 bn:1000000000
        tn:1000000000000 trn:1000000000000 bln:1000000000 mn:1000000 mln:1000000 k:1000 m:1000000 b:1000000000
        t:1000000000000 quadrillion:1000000000000000 quintillion:1000000000000000000
        sextillion:1000000000000000000000 lakh:100000 crore:10000000 lakhs:100000 crores:10000000
    """,
    vague="""
        hundreds:100 thousands:1000 millions:1000000 billions:1000000000 trillions:1000000000000 dozens:12 tens:10
    """,
    units="""
        money RUB: rubles ruble roubles rouble
        money TRY: lira liras
        money BRL: reais
        money SEK: Swedish_kronor kronor
        money NOK: Norwegian_kroner
        money DKK: Danish_kroner kroner
        money PLN: zloty zlotys
        money ZAR: rand
        money ILS: shekels
        money SAR: riyals Saudi_riyals
        money AED: dirhams
        money NGN: naira
        money UAH: hryvnia hryvnias
        money VND: dong
        money AUD: Australian_dollars
        money CAD: Canadian_dollars
        money NZD: New_Zealand_dollars
        percent percent: per_cent pct
        percent pp: percentage_point percentage_points percent_points ppt ppts pps
        percent bp: basis_point basis_points
        money CNY: yuan renminbi RMB Chinese_yuan
        money USD*0.01: cents cent
        money GBP*0.01: pence p penny
        money USD: dollars dollar US_dollars US_dollar U.S._dollars greenbacks
        money JPY: yen
        money IDR: rupiah
        money EUR: euros euro
        money GBP: pounds_sterling pounds pound
        money CHF: Swiss_francs Swiss_franc
        money EGP: Egyptian_pounds
        money XOF: CFA_francs
        money HKD: Hong_Kong_dollars
        money SGD: Singapore_dollars
        money TWD: Taiwan_dollars New_Taiwan_dollars
        money KRW: won
        money INR: rupees rupee
        money peso: pesos
        money THB: baht
        money MYR: ringgit
        duration years: year year-old years-old yr yrs
        duration months: month
        duration weeks: week
        duration nights: night
        duration days: day working_days business_days
        duration hours: hour hrs
        duration minutes: minute mins
        duration seconds: second sec
        duration decades: decade
        duration quarters: straight_quarters consecutive_quarters
        index points: point
        rank top: strongest
        rank rank: spot_in
        count companies: company firm firms enterprise enterprises start-up start-ups startup startups unicorns
            unicorn corporations businesses
        count people: persons person employees employee workers staff staffers engineers researchers residents
            students talents jobs men man women woman experts scientists members attendees visitors participants
            developers
        count cities: city municipalities municipality
        count countries: country nations nation
        count industries: industry sectors
        count measures: measure
        count aspects: aspect
        count dimensions: dimension
        count laboratories: laboratory lab labs
        count centres: centre center centers
        count universities: university
        count places: place locations sites
        count models: model
        count cabinets: cabinet racks rack
        count projects: project
        count patents: patent
        count chips: chip
        count cards: card GPUs GPU accelerators
        count servers: server
        count parameters: parameter
        count tokens: token
        count users: user
        count households: household
        count units: unit
        count echelon: echelons
        count stage: stages phase phases
        count tier: tiers
        count provinces: province
        count districts: district
        other times: fold x
        other km: kilometres kilometers kilometre kilometer
        other m: metre metres meter meters
        other cm: centimetres centimeters
        other mm: millimetres millimeters
        other nm: nanometre nanometres nanometer nanometers
        other miles: mile
        other feet: foot ft
        other km2: square_kilometres square_kilometers sq_km
        other m2: square_metres square_meters sq_m
        other sqft: square_feet sq_ft
        other acres: acre
        other ha: hectares hectare
        other t: tonnes tonne tons ton metric_tons metric_tonnes
        other kg: kilograms kilogram kilos
        other MW: megawatts megawatt
        other GW: gigawatts gigawatt
        other kW: kilowatts kilowatt
        other W: watts watt
        other kWh: kilowatt-hours kilowatt_hours
        other TWh: terawatt-hours terawatt_hours
        other MWh: megawatt-hours megawatt_hours
        other GWh: gigawatt-hours gigawatt_hours
        other GB: gigabytes gigabyte
        other TB: terabytes terabyte
        other PB: petabytes petabyte
        other EB: exabytes
        other MB: megabytes
        other GHz: gigahertz
        other ml: millilitres milliliters
        other mg: milligrams
        other dB: decibels
        other Hz: hertz
        other ms: milliseconds millisecond msec
        other °C: degrees_Celsius degrees degrees_C
        other barrels: barrel
        other inches: inch
        other l: litres liters litre liter
        other m3: cubic_metres cubic_meters
        compute operations/s: floating-point_operations_per_second floating_point_operations_per_second
            operations_per_second calculations_per_second flops
        other V: volts volt
        other kV: kilovolts kilovolt
        other A: amps amp amperes ampere
        other mA: milliamps milliamp
        other µs: microseconds microsecond
        other ns: nanoseconds nanosecond
        other µg: micrograms microgram
        other µm: micrometres micrometers microns micron
        other g: grams gram grammes gramme
        other lb: lbs
        other oz: ounces ounce
        other gallons: gallon
        other pints: pint
        other cal: calories calorie
        other kcal: kilocalories kilocalorie
        other J: joules joule
        other kJ: kilojoules kilojoule
        other Pa: pascals pascal
        other kHz: kilohertz
        other MHz: megahertz
        other Sv: sieverts sievert
        other mSv: millisieverts millisievert
        other Bq: becquerels becquerel
        other light-years: light_years light-year light_year
        other carats: carat
        other horsepower: hp
        other ppm: parts_per_million
        other ppb: parts_per_billion
        other Mt: megatonnes megatons
        other kt: kilotonnes kilotons
        other nautical_miles: nautical_mile
        other Mbps: megabits_per_second
        other Gbps: gigabits_per_second
        other °F: degrees_Fahrenheit degrees_F
        other ft/s: feet_per_second
        other m/s: metres_per_second meters_per_second
        other km/h: kilometres_per_hour kilometers_per_hour kmh
        other mph: miles_per_hour
        other TW: terawatts terawatt
        percent =: percent pp
        money =: CNY USD JPY IDR EUR GBP HKD SGD TWD KRW INR peso
        duration =: years months weeks nights days hours minutes seconds decades quarters generations centuries
        index =: points magnitude
        count =: companies people cities countries industries measures aspects dimensions laboratories centres
            universities places models cabinets projects patents chips cards servers parameters tokens users
            households units echelon stage tier provinces districts
        other =: times miles feet acres barrels inches knots yards lb oz gallons pints light-years carats horsepower
            nautical_miles
    """,
    money_before="""
        USD: US$ U.S.$ $ USD
        CNY: RMB CNY CN¥ yuan
        EUR: € EUR
        GBP: £ GBP
        HKD: HK$ HKD
        SGD: S$ SGD
        TWD: NT$ TWD
        JPY: JP¥ JPY
        IDR: Rp IDR
        KRW: ₩ KRW
        INR: ₹ Rs
        AUD: A$ AUD
        CAD: C$ CAD
        MYR: RM
    """,
    before="""
        rank: No. no. Nos. number No # ranked ranks rank ranking placed position
        top: top top- the_top
        year: in since by until from of before after through during year for to mid- early late around and fiscal
            till FY ( spring summer autumn winter between end-
        index: PUE PMI HDI AQI index score scored scores scoring rating index_of score_of index_value index_value_of
            coefficient coefficient_of index_score index_score_of scores_of rating_of index_at value_of
            index_values_of
        collective: all the these those all_the all_of_the its their both_the
        size: magnitude magnitude- magnitude_of
        minus: minus negative
        plain: plus_or_minus plus/minus
        name: boeing airbus resolution po_box pin password hole lap russell stoxx kospi topix hang_seng dow fortune
            forbes s&p nasdaq ftse csi nikkei dax level version chapter article section figure table fig. page pages
            model type class phase room flight route highway grade category volume vol. episode appendix line
            paragraph item clause unit bus gate terminal building code hotline act omega vitamin spf port channel
            part platform season step lesson ver. v. dial stage layer
    """,
    after="",
    qualifiers_before="""
        about: about around roughly approximately some circa ~ ≈ an_estimated estimated approx. nearly_about
            close_on or_so
        more_than: more_than over exceeding exceeds exceeded above surpassing surpassed surpasses topped topping
            upwards_of in_excess_of greater_than higher_than well_over > passed beyond exceed surpass just_over
        at_least: at_least no_fewer_than no_less_than not_less_than a_minimum_of minimum_of as_few_as ≥
            not_fewer_than
        nearly: nearly almost close_to just_under approaching just_shy_of
        up_to: up_to at_most no_more_than less_than fewer_than under below as_many_as as_much_as a_maximum_of
            maximum_of not_more_than ≤ <
    """,
    qualifiers_after="""
        about: or_so
        more_than: + plus and_counting
        at_least: or_more or_above and_above or_higher or_over
        up_to: or_less or_fewer at_most or_below
    """,
    joins="- ‐ ‑ – — to and~ ~ through",
    names="""
        idioms: five-star four-star three-star two-star one_of_these_days any_one nine_inch no_one one_another
            one_by_one one-stop two-way one_way_or one_day one_thing one_hand one_can one_would one_should one_has
            one_was one_way zero-day zero-sum zero_tolerance two-dimensional nine-to-five two-faced second_to_none
            second-hand first_aid first_lady third_party third-party first-class second_thoughts cloud_nine catch-22
            nine_lives million_miles_away thousand_times_no saves_nine square_one two_minds two_birds eleventh_hour
            sixth_sense seventh_heaven zero_hour thousand_words eight_ball nine_yards two's_company two_to_tango
            two_and_two six_of_one sixty-four-thousand-dollar six-pack four-letter_word ten-gallon three-piece
            one-armed half_a_dozen_of_the_other three_musketeers ten_commandments twelve_angry one_foot_in
            third_time_lucky
    """,
    ordinals="""
        first:1 second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 eleventh:11 twelfth:12
        thirteenth:13 fourteenth:14 fifteenth:15 sixteenth:16 seventeenth:17 eighteenth:18 nineteenth:19
        twentieth:20 thirtieth:30 fortieth:40 fiftieth:50 sixtieth:60 seventieth:70 eightieth:80 ninetieth:90
        hundredth:100 thousandth:1000 millionth:1000000
    """,
    fractions="""
        half:50 quarter:25
    """,
    multiples="once:1 twice:2 thrice:3",
    parts="""
        hours>minutes:60 minutes>seconds:60 years>months:12 days>hours:24 feet>inches:12 lb>oz:16
    """,
    sets="""
        function_words: the of and to in a is that for was on with as by at from it his her he she they are were has
            have had be this which an or not but been will would their its said who after about than
        of: of
        and: and
        loose_joins: and
        number_glue: and of
        counted_letters: m
        thousand_letters: k
        ordered: place spot position rank tier echelon phase stage batch round edition session generation step wave
            category term congress meeting forum conference largest biggest highest most best smallest fastest
            busiest richest strongest fewest lowest longest time tallest anniversary consecutive straight minute
            birthday century hole lap
        not_nouns: a an the and or but nor of in on at to from by with for as is are was were be been being has have
            had do does did will would can could may might must shall should that which who whom whose this these
            those it its they their them he she his her we our you your not no than then when where while if so such
            per each every all any some more most less least over under after before since until between among into
            onto about against through during within without up down out off again further also only just even still
            already yet ever never both either neither other another same own too very said says saying say told
            according respectively ago later earlier old there here because although though however whereas amid via
            versus rose fell grew increased decreased jumped dropped climbed reached compared including remain
            remained came went what how why apart back away now today yesterday tomorrow plus minus times rather
            left won lost took made gave found saw led held met died set put kept stood ran fought went began became
            got hit cut bought sold spent paid sent broke drew tied need want join joined live work agree say think
            believe voted vs overall ahead behind around across per i'm last next ended started finished won't
            didn't wasn't
        copulas: is are was were am be
        from_to: to from into up down
        articles: a an another
        for: for
        periods: year month week day night season quarter session straight successive
        determiners: the this that its his her their our my your whose each every of
        never_part_alone: third fourth
        part_ordinals: third fourth fifth sixth seventh eighth ninth tenth
        half: half
        second_half: pm
        first_half: am
        century: century
        one_not_after: no any some every each the this that which another last next new old big good bad only
            someone loved day
        day_counts_after: in within than for only after
        versioned: models chips stage cards parameters
        ambiguous_money: won
        versions: PHP
        weights: pounds pound
        pair_begins: a o
        title_small: a an and as at by for from in of on or the to with s t
        until_forms: up_to under below to
        clock_signs: : . a p A P o
    """,
    contexts={
        "ordinal_suffix": "st|nd|rd|th",
        "ordinal_end": r"(?:st|nd|rd|th)(?![^\W_])",
        "of_date": "<SPACE>of",
        "article_before": r"(?i:(?<!\w)(an?)<SPACE>)",
        "indefinite_before": r"(?i:(?<!\w)(?:an?|several|few|many|couple|couple<SPACE>of)<SPACE>)",
        "and_half": r"(?:<SPACE>and<SPACE>a<SPACE>half|-and-a-half)(?!\w)",
        "point_word": r"(?i:<SPACE>point<SPACE>)",
        "counted_after_letter": r"<SPACE>(?:people|(?!hurdles|metres|meters)[a-z]{3,}[^s\W]s)(?!\w)",
        "of": "<SPACE>of<SPACE>",
        "of_a": "(?i:<SPACE>of<SPACE>an?<SPACE>)",
        "part_end": r"<SPACE>?(?:[.;,:)]|\Z)",
        "a": r"<SPACE>an?(?=[ \n])",
        "pair": "<SPACE>and<SPACE>",
        "either": "<SPACE>or<SPACE>",
        "between_before": r"(?i:\bbetween\s(?:\S{1,4}\s?)?)",
        "range_before": (
            r"(?i:\b(?:aged?|ages|between|from|pages?|pp\.?|about|around|some|every|takes?"
            r"|for|in|lasts?)<SPACE>)"
        ),
        "score_before": r"(?i:\bscore)[^.]{0,8}",
        "score_after": (
            r"(?i:<SPACE>(?:away|home)?<SPACE>?(?:wins?|loss|losses|defeats?|victor(?:y|ies)|draws?|ties?|leads?"
            r"|advantage|record|decision|vote|triumph|aggregate|series|at<SPACE>half-?time)\b)"
        ),
        "counts_on": r"-(?=[a-z])|(?i:<SPACE>(?:of|or|year-olds?))\b",
        "change_before": (
            r"(?i:\b(?:r[io]sen?|rais\w+|f[ae]ll(?:en|ing)?|gr[eo]wn?|growing|increas\w+|decreas\w+|drop\w*|climb\w*"
            r"|jump\w*|cut\w*|lower\w*|reduc\w+|expand\w*|shr[aiu]nk|improv\w+|surg\w+|slip\w*|slump\w*|up|down"
            r"|widen\w*|narrow\w*|soar\w*|advanc\w+|declin\w+|mov\w+)(?:\s+\w+){0,4}?\s+from\s(?:\S{1,4}\s?)?)"
        ),
        "change_by_before": (
            r"(?i:\b(?:rose|fell|gained|lost|slid|dropped|climbed|jumped|slipped|added"
            r"|shed|up|down)<SPACE>(?:by<SPACE>)?)"
        ),
        "month_before": (
            r"(?i:(?<!\w)(?:in|since|by|until|till|during|from|to|through|of|last|early|late|mid|next|this|before"
            r"|after|and|between|for)<SPACE>)|[-–—(]<SPACE>?|(?i:\bmid-)"
        ),
        "month_after": r"<SPACE>?[-–—]<SPACE>?[A-Z][a-z]{2}|<SPACE>to<SPACE>[A-Z][a-z]{2}",
        "day": r"(<D>{1,2})(?:st|nd|rd|th)(?!\w)",
        "day_before": r"(?i:\b(?:on|by|until|since|from)<SPACE>the<SPACE>)",
        "time": (
            r"(?P<h><D>{1,2})[.:](?P<min><D>{2})(?!<D>)(?:<SPACE>?(?P<half>(?i:[ap](?:\.m\.?|m))(?!\w)))?"
            r"|(?P<hour><D>{1,2})(?:<SPACE>?(?P<noon>(?i:[ap](?:\.m\.|m))(?!\w))|<SPACE>(?P<told>o['’]clock))"
        ),
        "zone": (
            r"<SPACE>?(?:GMT|UTC|BST|CET|CEST|EST|EDT|CST|CDT|PST|PDT|MST|MDT|ET|PT|IST|JST|KST|HKT|SGT|AEST|AEDT|WIB"
            r"|WITA|WIT|o'clock|local<SPACE>time|hrs?|hours|Beijing<SPACE>time)(?!\w)"
        ),
        "time_before": (
            r"(?i:\b(?:at|until|till|by|around|about|before|after|from)<SPACE>(?:about<SPACE>"
            r"|around<SPACE>)?)"
        ),
        "until": r"(?: (?:to|and|until|till) |[-–])",
        "decade": r"'?s(?![^\W_])",
        "the_before": r"(?i:\b(?:the|its|their|those)<SPACE>)",
        "fraction": (
            r"(?i:(?:-|<SPACE>)(?P<part>hal(?:f|ves)|thirds?|fourths?|quarters?|fifths?"
            r"|sixths?|sevenths?|eighths?|ninths?|tenths?"
            r"|hundredths?)(?![^\W_]))"
        ),
        "in_every": "<SPACE>in<SPACE>(?:every<SPACE>)?",
        "part_article_before": (
            r"(?i:(?:\b(?P<about>by|about|nearly|almost|than|over|under|around|roughly|up|down|to|some)<SPACE>)?"
            r"\b(?P<article>an?|one)<SPACE>)"
        ),
        "nth_before": r"(?i:\b(?:first|second|other|last|this|that)<SPACE>)",
        "part_of": "(?i:<SPACE>(?:of|the|its|their|all|as|that)\\b)",
        "once_before": r"(?i:\b(?:only|just|at<SPACE>least|than)<SPACE>)",
        "once": r"(?i:<SPACE>(?:an?|per|every)\b)|<SPACE>?[,;.](?!\s*[a-z]+ed)|\Z",
        "ranked_before": (
            r"(?i:\b(?:ranked|ranks?|ranking|placed|finish(?:ed|ing|es)|com(?:e|es|ing)"
            r"|came|placing)<SPACE>(?:\w+\s)?(?:in<SPACE>)?"
            r"|['’]s?<SPACE>)"
        ),
        "period_Q": (
            r"(?i:[ -]quarter\b(?!<SPACE>final|-final))(?:,?<SPACE>(?:of<SPACE>)?(?P<y>[12]<D>{3})"
            r"(?!<D>|[.,]<D>))?"
        ),
        "period_H": (
            r"(?i:(?P<half>[ -]half(?:[ -]year)?)<SPACE>of<SPACE>(?:the<SPACE>year|last<SPACE>year"
            r"|this<SPACE>year|next<SPACE>year|(?P<y>[12]<D>{3})(?!<D>|[.,]<D>)))"
        ),
        "next_word": r"(?:<SPACE>|-)([^\W\d_]+(?:-[^\W\d_]+)*)",
        "numbered_before": (
            r"\b(?:Resolution|Order|Flight|Route|Typhoon|Hurricane|Cyclone|Storm|Symphony|Concerto|Sonata|Opus|Chanel"
            r"|Reactor|Regulation|Law|Directive|Decree|Bill|Act|Executive Order)\b[^,;.:]{0,40}"
        ),
        "address_after": (
            r"<SPACE>(?:[A-Z]\w+<SPACE>){1,2}(?:Street|Avenue|Road|Lane|Square|Boulevard|Drive|Place|St|Ave|Rd|Blvd"
            r"|Terrace|Crescent|Parade|Quay|Highway|Parkway|Way)(?!\w)|<SPACE>(?:shirt|jersey)(?!\w)"
            r"|<SPACE>(?:Rue|Via|Calle|Jalan)\b|<SPACE>[A-Z]\w+-(?:ro|gil|daero|dong|gu|dori|cho|machi)(?!\w)"
        ),
        "hyphen_noun": r"-(?!way|in-|on-|to-)[a-z]{3,}(?!-(?!old|high|long|wide|deep|tall))",
        "opening_name": r"<SPACE>[A-Z][a-z]+s(?![\w'’])",
        "never_a_name": (
            r"-(?:half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?\b"
            r"|<SPACE>(?:of|men|women|people|persons?)(?!\w)"
        ),
        "index_before": r"(?i:score|index)(?:[^.!?\n]|\.(?=\d)){0,40}",
        "list": r"<SPACE>?[,;]?<SPACE>?(?:and<SPACE>)?(?i:US\$|\$)?",
        "smaller_bare": r"(?<=-foot)-(1[01]|[0-9])(?!<D>)|(?<=-feet)-(1[01]|[0-9])(?!<D>)",
        "part_glue": "<SPACE>?(?:,<SPACE>|-)?(?:and<SPACE>)?",
        "qualifies_next": r"(?i:(?:or<SPACE>)?(?:more|less|fewer|over|above|below)<SPACE>(?:than<SPACE>)?[0-9$£€])",
        "weight_before": r"(?i:weigh\w*<SPACE>(?:about<SPACE>|some<SPACE>|around<SPACE>)?)",
        "title_before": (
            r"(?i:\b(?:films?|movies?|novels?|books?|songs?|albums?|singles?|plays?|series|dramas?|operas?|musicals?"
            r"|paintings?|titled|entitled|called)<SPACE>)"
        ),
        "called_after_before": r"\b(?:Group of|Gang of|Committee of|Executive Order)\s",
        "called_before": (
            r"(?i:\b(?:call|calls|callers?|called|calling|dial|dials|dialled|dialed|dialling"
            r"|ring|rings|rang|phone|phoned"
            r"|helpline|hotlines?)<SPACE>(?:(?:to|the|on|number|emergency|center|line)<SPACE>){0,2}"
            r"(?:<D>{3,5}<SPACE>(?:or|and)<SPACE>)?)"
        ),
        "model_named_before": r"\b(?:[A-Z]{1,4}-?\d{2,4}|Boeing|Airbus)\b[^.\n]*\bthe\s",
        "model_number": r"(?<=the )7[0-8]7(?!\d)|7[0-8]7 (?:MAX|Dreamliner|jets?)",
        "designation": r" [A-Z]{2}\d{1,3}(?![A-Za-z0-9])",
    },
    article=True,
    plural_s=True,
)
